package dev.holdfast.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.image.FileKind;
import dev.holdfast.model.Digest;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names on media, tables of contents and label templates: what is written is read back, and
/// nothing else is taken for ours.
class VolumeFileNameTests {

  @Property
  void aNameSaysEverythingThatItWasMadeOf(
      @ForAll @IntRange(min = 1, max = 999_999) int number,
      @ForAll FileKind kind,
      @ForAll @IntRange(min = 1, max = 99_999) int part) {
    boolean ofImage = kind != FileKind.LABEL && kind != FileKind.TOC;
    var name =
        new VolumeFileName(
            number,
            kind,
            ofImage ? Optional.of(new ImageId("20261124T213000Z-4f1c09aa31d2")) : Optional.empty(),
            kind == FileKind.PART ? part : 1);

    assertThat(VolumeFileName.parse(name.text())).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "00001",
        "1.image.p0001",
        "00001..p0001",
        "00001.image.p1",
        "00001.image.toc",
        "00001.-rf.index",
        "00000.LABEL",
        ".00001.tmp",
        "00001.image.p0001.gone",
        "99999999999.image.p0001",
        "00001.image.index\n"
      })
  void otherNamesAreNotOurs(String name) {
    assertThat(VolumeFileName.parse(name)).isEmpty();
  }

  @Property
  void anyBytesAreATableOfContentsOrNone(@ForAll @Size(max = 200) byte[] bytes) {
    Toc.parse(bytes).ifPresent(toc -> assertThat(Toc.parse(toc.bytes())).contains(toc));
    assertThat(Toc.parseFile(bytes)).isEmpty();
  }

  @Test
  void aTableOfContentsHasALineForEachFile() {
    var line = new Toc.Line(VolumeFileName.toc(7), 12, new Digest("ab".repeat(32)));
    var toc = new Toc(List.of(line));

    assertThat(new String(toc.bytes(), StandardCharsets.UTF_8))
        .isEqualTo("00007.toc 12 " + "ab".repeat(32) + "\n");
    assertThat(Toc.parse(toc.bytes())).contains(toc);
  }

  @Test
  void aTemplateGivesTheFirstNumberThatIsFree() {
    var template = new LabelTemplate("x-${set}.${n:3}");
    var taken = Set.of(new Label("x-Demo.001"), new Label("x-Demo.003"));

    assertThat(template.next(new SetName("Demo"), taken::contains))
        .isEqualTo(new Label("x-Demo.002"));
    assertThat(
            new LabelTemplate("${n:2}")
                .next(new SetName("Demo"), label -> label.value().length() < 3))
        .isEqualTo(new Label("100"));
  }
}
