package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.image.MemberPath;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTests {

  @ParameterizedTest
  @CsvSource({
    "two\\nlines, 74776f0a6c696e6573",
    "caf\\xe9, 636166e9",
    "half\\xc3\\\\n, 68616c66c35c6e",
    "nel\\u0085, 6e656cc285",
    "tag\\U000e0001 1, 746167f3a080812031",
    "plain, 706c61696e",
  })
  void aPathIsShownUnmistakablyAndReadBack(String shown, String hex) {
    var bytes = java.util.HexFormat.of().parseHex(hex);

    assertThat(Printable.of(MemberPath.ofBytes(bytes))).isEqualTo(shown);
    assertThat(Printable.parse(shown)).hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
  }

  @Test
  void anyBytesAreReadBackFromHowTheyAreShown() {
    var random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[1 + random.nextInt(8)];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        var text = new StringBuilder();
        random.ints(4, 0, 0x110000).forEach(text::appendCodePoint);
        bytes = (text + "\\n").getBytes(StandardCharsets.UTF_8);
      }
      var shown = Printable.of(MemberPath.ofBytes(bytes));
      assertThat(shown).doesNotContain("\n").doesNotContain("\u001b");
      assertThat(Printable.parse(shown).orElseThrow()).as(shown).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\", "a\\q", "\\x4", "\\u12", "\\UFFFFFFFF"})
  void whatIsNeverShownIsNotRead(String typed) {
    assertThat(Printable.parse(typed)).isEmpty();
  }
}
