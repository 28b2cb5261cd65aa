package dev.holdfast.media.driver.s3;

import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.declared.S3;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;

/// The requests that change a record: an object that may be replaced and removed by the writer.
record Records(Bucket bucket) {

  /// Under which condition the server shall write.
  ///
  /// @param etag that must be there, as the header has it
  /// @param onlyNew true: nothing may be there
  record Condition(Optional<String> etag, boolean onlyNew) {
    static Condition none() {
      return new Condition(Optional.empty(), false);
    }

    static Condition absent() {
      return new Condition(Optional.empty(), true);
    }

    static Condition of(String etag) {
      return new Condition(Optional.of(etag), false);
    }
  }

  /// Gives the etag.
  String put(String key, byte[] bytes, Condition condition) throws IOException {
    try {
      return send(key, bytes, condition);
    } catch (BucketException no) {
      if (no.kind() != Kind.NOT_BUILT || condition.equals(Condition.none())) {
        throw no;
      }
      return send(key, bytes, Condition.none());
    }
  }

  void remove(String key) throws IOException {
    bucket.ask(
        Action.REMOVE,
        key,
        s3 -> s3.deleteObject(delete -> delete.bucket(bucket.declared().bucket()).key(key)));
  }

  private String send(String key, byte[] bytes, Condition condition) throws IOException {
    var sums = Sums.of(bytes);
    return Stored.plain(
        bucket
            .ask(
                Action.WRITE,
                key,
                s3 ->
                    s3.putObject(
                        put -> {
                          Terms.loose(bucket.declared()).on(put);
                          put.key(key);
                          condition.etag().ifPresent(etag -> put.ifMatch(etag));
                          if (condition.onlyNew()) {
                            put.ifNoneMatch("*");
                          }
                          if (bucket.declared().checksums() == S3.Checksums.REQUIRED) {
                            put.contentMD5(sums.md5Base64());
                          } else {
                            put.checksumCRC32C(sums.crc32c());
                          }
                        },
                        RequestBody.fromBytes(bytes)))
            .eTag());
  }
}
