package dev.holdfast.media.driver.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.GrowingFile;
import dev.holdfast.fixture.WrongAnswers;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.media.FormingPart;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.ImageId;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What proves that the server has the pieces that it was sent: its CRC32C sums where it hands them
/// back, else its etag.
class ServerSumsTests extends S3FaultFixture {
  private static final int LARGE = 34 << 20;
  private static final int SOME = 33 << 20;
  private static final String NO_DIGEST = "etag: \"0123456789abcdef0123456789abcdef-3\"";

  /// How a part comes into the bucket.
  enum Way {
    WHOLE,
    WHILE_IT_GROWS
  }

  @ParameterizedTest
  @EnumSource
  void oneThatHandsThemBackIsBelievedWhateverItsEtag(Way way) throws IOException {
    try (var writer = writer()) {
      assertThat(write(writer, "image-1", way)).isInstanceOf(Written.class);
      heads(head -> head.replaceAll("(?i)etag: .*", NO_DIGEST));

      assertThat(write(writer, "image-2", way)).isInstanceOf(Written.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherSumThanThatOfThePiecesIsFound(Way way) throws IOException {
    try (var writer = writer()) {
      assertThat(write(writer, "image-1", way)).isInstanceOf(Written.class);
      heads(head -> head.replaceAll("(?i)(x-amz-checksum-crc32c): .*-3", "$1: AAAAAA==-3"));

      assertThat(write(writer, "image-2", way)).isNotInstanceOf(Written.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatDoesNotIsBelievedByItsEtag(Way way) throws IOException {
    heads(ServerSumsTests::withoutSum);
    try (var writer = writer()) {
      assertThat(write(writer, "image-1", way)).isInstanceOf(Written.class);
      assertThat(write(writer, "image-2", way)).isInstanceOf(Written.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatDoesNotAndHasAnotherEtagIsNotBelieved(Way way) throws IOException {
    heads(head -> withoutSum(head).replaceAll("(?i)etag: .*", NO_DIGEST));
    try (var writer = writer()) {
      assertThat(write(writer, "image-1", way)).isNotInstanceOf(Written.class);
    }
  }

  @Test
  void aSumOfTheWholeObjectIsNotComparedWithThoseOfItsPieces() throws IOException {
    heads(head -> head.replaceAll("(?i)(x-amz-checksum-crc32c): .*-3", "$1: AAAAAA=="));
    try (var writer = writer()) {
      assertThat(write(writer, "image-1", Way.WHOLE)).isInstanceOf(Written.class);
    }
  }

  private void heads(UnaryOperator<String> edit) {
    server.next(1000, "HEAD", "p0001", WrongAnswers.edited(edit));
  }

  private static String withoutSum(String head) {
    return head.replaceAll("(?i)x-amz-checksum-[^\r\n]*\r\n", "");
  }

  private AppendResult write(VolumeWriter writer, String image, Way way) throws IOException {
    var part = part(image, LARGE);
    return switch (way) {
      case WHOLE -> writer.append(part);
      case WHILE_IT_GROWS -> grown(writer, part);
    };
  }

  private AppendResult grown(VolumeWriter writer, MediaFile part) throws IOException {
    var growing = new GrowingFile(part.path(), root.resolve(part.image() + ".forming"));
    long size = growing.grow(SOME);
    var forming = new FormingPart(new ImageId(part.image().value()), 1, growing.path(), 1L << 30);
    try (var sending = writer.begin(forming).orElseThrow()) {
      sending.send(size);
      growing.finish();
      return sending.complete(growing.crc32c());
    }
  }
}
