package dev.holdfast.media.driver.s3;

import dev.holdfast.media.StorageUse;
import dev.holdfast.media.Throttle;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.S3;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/// The requests that Holdfast makes of one bucket, each tried again in its own time, each answer
/// that is no success with its meaning. Connects when it is first asked. Thread-safe.
final class Bucket implements AutoCloseable {
  private final S3 declared;
  private final StorageUse use;
  private final Answers answers;
  private final Outage outage;
  private final ServerSums sums = new ServerSums();
  private final Identity writer;
  private final Identity pruner;

  /// @param place the storage, for people
  Bucket(S3 declared, StorageUse use, String place) {
    this.declared = declared;
    this.use = use;
    this.answers = new Answers(place);
    this.outage = Outage.of(place, declared.retryFor());
    this.writer = identity(declared.credentials());
    this.pruner =
        declared.prunerCredentials().isEmpty() ? writer : identity(declared.prunerCredentials());
  }

  S3 declared() {
    return declared;
  }

  StorageUse use() {
    return use;
  }

  /// What its CRC32C sums are worth.
  ServerSums sums() {
    return sums;
  }

  /// True when a piece needs an MD5: to be sent with it, or to be compared with the etag.
  boolean needsMd5() {
    return declared.checksums() == S3.Checksums.REQUIRED || !sums.areProof();
  }

  Throttle throttle() {
    return new Throttle(use.transfer(), use.clock());
  }

  /// Does one request as the writer.
  <T> T ask(Action action, String key, Function<S3Client, T> request) throws IOException {
    return ask(writer, action, key, request);
  }

  /// @throws BucketException MISSING when there is no such object
  Stored head(String key) throws IOException {
    return Stored.of(
        read(
            key,
            s3 ->
                s3.headObject(
                    head -> {
                      head.bucket(declared.bucket()).key(key);
                      if (declared.checksums() == S3.Checksums.SUPPORTED) {
                        head.checksumMode(ChecksumMode.ENABLED);
                      }
                    })));
  }

  /// Empty when there is no such object.
  Optional<Stored> find(String key) throws IOException {
    try {
      return Optional.of(head(key));
    } catch (BucketException no) {
      if (no.kind() == Kind.MISSING) {
        return Optional.empty();
      }
      throw no;
    }
  }

  /// A range, or what there is of it.
  Piece get(String key, Piece.Wanted wanted) throws IOException {
    return read(
        key,
        s3 ->
            s3.getObject(
                get -> {
                  get.bucket(declared.bucket()).key(key).range(wanted.header());
                  wanted.etag().ifPresent(etag -> get.ifMatch("\"" + etag + "\""));
                },
                (answer, body) -> Piece.read(answer, body, throttle())));
  }

  /// A login that may list its prefix only is told "forbidden" of what is not there: the listing
  /// says which of the two it is.
  private <T> T read(String key, Function<S3Client, T> request) throws IOException {
    try {
      return ask(Action.READ, key, request);
    } catch (BucketException no) {
      if (no.kind() != Kind.DENIED || isListed(key)) {
        throw no;
      }
      throw new BucketException(
          Kind.MISSING, new Problem(no.problem().place(), key + " is not there", ""), no);
    }
  }

  private boolean isListed(String key) throws IOException {
    return ask(
        Action.LIST,
        key,
        s3 ->
            s3
                .listObjectsV2(list -> list.bucket(declared.bucket()).prefix(key).maxKeys(1))
                .contents()
                .stream()
                .anyMatch(one -> one.key().equals(key)));
  }

  /// Every key below a prefix, in their order.
  List<Listed> list(String prefix) throws IOException {
    return ask(
        Action.LIST,
        prefix,
        s3 -> {
          var found = new ArrayList<Listed>();
          s3.listObjectsV2Paginator(list -> list.bucket(declared.bucket()).prefix(prefix))
              .contents()
              .forEach(one -> found.add(new Listed(one.key(), one.size(), one.lastModified())));
          return found;
        });
  }

  /// The prefixes one level below, each with its slash.
  List<String> below(String prefix) throws IOException {
    return ask(
        Action.LIST,
        prefix,
        s3 ->
            s3
                .listObjectsV2Paginator(
                    list -> list.bucket(declared.bucket()).prefix(prefix).delimiter("/"))
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .toList());
  }

  /// True when at least one key has this prefix.
  boolean isAny(String prefix) throws IOException {
    return ask(
        Action.LIST,
        prefix,
        s3 ->
            !s3.listObjectsV2(list -> list.bucket(declared.bucket()).prefix(prefix).maxKeys(1))
                .contents()
                .isEmpty());
  }

  /// Locks an object until then, where the server did not do it with the upload.
  void lock(String key, S3.Mode mode, Instant until) throws IOException {
    ask(
        Action.LOCK,
        key,
        s3 ->
            s3.putObjectRetention(
                put ->
                    put.bucket(declared.bucket())
                        .key(key)
                        .retention(lock -> lock.mode(mode.name()).retainUntilDate(until))));
  }

  /// Removes an object for good, as the pruner: where versions are kept, exactly the one that is
  /// there now. One that is not there counts as removed.
  void remove(String key) throws IOException {
    var there = find(key);
    if (there.isEmpty()) {
      return;
    }
    ask(
        pruner,
        Action.REMOVE,
        key,
        s3 ->
            s3.deleteObject(
                delete -> {
                  delete.bucket(declared.bucket()).key(key);
                  there.get().version().ifPresent(delete::versionId);
                }));
  }

  /// Ends what uploads of dead runs left below a prefix; their pieces are paid for until then.
  ///
  /// @return how many there were
  int abortUploads(String prefix) throws IOException {
    var left = uploads(prefix);
    for (var upload : left) {
      abort(upload.key(), upload.uploadId());
    }
    return left.size();
  }

  List<MultipartUpload> uploads(String prefix) throws IOException {
    return ask(
        Action.LIST_UPLOADS,
        prefix,
        s3 ->
            s3
                .listMultipartUploadsPaginator(
                    list -> list.bucket(declared.bucket()).prefix(prefix))
                .uploads()
                .stream()
                .toList());
  }

  void abort(String key, String uploadId) throws IOException {
    try {
      ask(
          Action.ABORT,
          key,
          s3 ->
              s3.abortMultipartUpload(
                  abort -> abort.bucket(declared.bucket()).key(key).uploadId(uploadId)));
    } catch (BucketException gone) {
      if (gone.kind() != Kind.MISSING) {
        throw gone;
      }
    }
  }

  /// Where the bucket really is: what the server writes beside a listing, else what it answers when
  /// it is asked. Servers without regions answer nothing.
  Optional<String> region() throws IOException {
    var beside =
        ask(
            Action.LIST,
            declared.bucket(),
            s3 ->
                s3.listObjectsV2(list -> list.bucket(declared.bucket()).prefix(prefix()).maxKeys(1))
                    .sdkHttpResponse()
                    .firstMatchingHeader("x-amz-bucket-region"));
    if (beside.isPresent()) {
      return beside;
    }
    return ask(
        Action.LOCATE,
        declared.bucket(),
        s3 ->
            Optional.ofNullable(
                    s3.getBucketLocation(where -> where.bucket(declared.bucket()))
                        .locationConstraintAsString())
                .map(name -> name.isEmpty() ? "us-east-1" : name));
  }

  @Override
  public void close() {
    writer.close();
    pruner.close();
  }

  private Identity identity(Optional<S3.Credentials> login) {
    return new Identity(declared, new Login(login, use.secrets()), outage);
  }

  private String prefix() {
    return S3Layout.below(declared.prefix()).prefix();
  }

  private <T> T ask(Identity who, Action action, String key, Function<S3Client, T> request)
      throws IOException {
    long began = outage.begin();
    try {
      var answer = tried(who, action, key, request);
      outage.answered();
      return answer;
    } catch (BucketException no) {
      if (no.kind() == Kind.AWAY) {
        outage.failed(began, no);
      } else {
        outage.answered();
      }
      throw no;
    }
  }

  private <T> T tried(Identity who, Action action, String key, Function<S3Client, T> request)
      throws IOException {
    LastFailure.forget();
    try {
      return request.apply(who.client());
    } catch (SdkException failed) {
      if (!Answers.isOutdated(failed)) {
        throw answers.of(LastFailure.behind(failed), action, key);
      }
      who.login().forget();
    }
    try {
      return request.apply(who.client());
    } catch (SdkException failed) {
      throw answers.of(LastFailure.behind(failed), action, key);
    } finally {
      LastFailure.forget();
    }
  }
}
