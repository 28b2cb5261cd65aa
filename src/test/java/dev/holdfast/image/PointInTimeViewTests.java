package dev.holdfast.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// What is alive, told by lists of members alone.
class PointInTimeViewTests {
  private static final List<String> PATHS =
      List.of("", "a", "a/b", "a/b/c", "b", "b/a", "b/a/c", "../a", "a/../b", "a//b", "./c");

  private final PointInTimeView view = new PointInTimeView();

  @Test
  void aFileThatVanishedStaysMissingUntilItIsDumped() throws MalformedStreamException {
    view.add(List.of(directory("d", "Ylost", "Ythere"), file("d/there")));
    assertThat(view.missing()).containsExactly("d/lost");

    view.add(List.of(directory("d", "Nlost", "Nthere")));
    assertThat(view.missing()).containsExactly("d/lost");

    view.add(List.of(directory("d", "Ylost", "Nthere"), file("d/lost")));
    assertThat(view.missing()).isEmpty();
    assertThat(live()).containsExactly("d 2", "d/lost 2", "d/there 0");
  }

  @Test
  void aFileThatVanishedAndIsGoneIsNotMissed() throws MalformedStreamException {
    view.add(List.of(directory("d", "Ylost")));
    view.add(List.of(directory("d")));

    assertThat(view.missing()).isEmpty();
  }

  @Test
  void anOldFileNeverStandsInForALostNewOne() throws MalformedStreamException {
    view.add(List.of(directory("d", "Yf"), file("d/f")));
    view.add(List.of(directory("d", "Yf")));

    assertThat(live()).containsExactly("d 1");
    assertThat(view.missing()).containsExactly("d/f");
  }

  @Test
  void anOldFileNeverStandsInForAnUnreadableDirectory() throws MalformedStreamException {
    view.add(List.of(directory("d", "Yf"), file("d/f")));
    view.add(List.of(directory("d", "Df")), PointInTimeView.Absence.SKIPPED);

    assertThat(live()).containsExactly("d 1");
    assertThat(view.missing()).containsExactly("d/f");
  }

  @Test
  void aDirectoryWithoutAMemberIsMissingWithAllInIt() throws MalformedStreamException {
    view.add(List.of(directory("d", "Dsub"), directory("d/sub", "Yf"), file("d/sub/f")));
    view.add(List.of(directory("d", "Dsub")));

    assertThat(live()).containsExactly("d 1");
    assertThat(view.missing()).containsExactly("d/sub");
  }

  @Test
  void namesThatNoDumpWasToHoldAreOmittedNotMissing() throws MalformedStreamException {
    view.add(List.of(directory("d", "Nexcluded", "Ysocket")), PointInTimeView.Absence.SKIPPED);

    assertThat(view.missing()).isEmpty();
    assertThat(view.omitted()).containsExactlyInAnyOrder("d/excluded", "d/socket");
  }

  @Test
  void anUnknownNameAmongRenamesIsNeverTakenForExcluded() throws MalformedStreamException {
    view.add(List.of(directory("d", "De"), directory("d/e", "Yf"), file("d/e/f")));
    view.add(
        List.of(directory("d", "Dg", "Rd/e", "Td/g"), directory("d/g", "Nf", "Nother")),
        PointInTimeView.Absence.SKIPPED);
    assertThat(view.missing()).containsExactly("d/g/other");

    view.add(List.of(directory("d", "Dg"), directory("d/g", "Nf", "Nother")));
    assertThat(view.missing()).containsExactly("d/g/other");
  }

  @Test
  void whatIsOmittedStaysSoWhenItsDirectoryIsRenamed() throws MalformedStreamException {
    view.add(List.of(directory("d", "De"), directory("d/e", "Nskipped")));
    view.add(List.of(directory("d", "Dg", "Rd/e", "Td/g"), directory("d/g", "Nskipped")));

    assertThat(view.missing()).isEmpty();
    assertThat(view.omitted()).containsExactly("d/g/skipped");
  }

  @Test
  void whatLiesOutsideTheListedDirectoriesIsGone() throws MalformedStreamException {
    view.add(List.of(file("etc/hosts"), directory("srv", "Yf"), file("srv/f")));
    view.add(List.of(directory("srv", "Nf")));

    assertThat(live()).containsExactly("srv 1", "srv/f 0");
  }

  @Test
  void aPlainTarIsAFullOfItsMembers() throws MalformedStreamException {
    view.add(List.of(file("x/y"), file("z")));

    assertThat(live()).containsExactly("x/y 0", "z 0");
  }

  @Test
  void aDirectoryCannotBeRenamedOutOfTheTree() {
    var renamed = directory("d", "Rd/f", "T../../f");

    assertThatThrownBy(() -> view.add(List.of(renamed)))
        .isInstanceOf(MalformedStreamException.class)
        .hasMessage("the path '../../f' could leave its target");
  }

  @Test
  void aDirectoryRenamedIntoItselfIsReportedMissingAndEnds() throws MalformedStreamException {
    view.add(List.of(directory("d", "Yf"), file("d/f")));
    view.add(List.of(directory("d", "De", "Rd", "Td/e"), directory("d/e", "Nf")));

    assertThat(live()).containsExactly("d 1", "d/e 1", "d/e/f 0");
  }

  @Test
  void aRenameWithoutItsOldNameIsMalformed() {
    assertThatThrownBy(() -> view.add(List.of(directory("d", "Tnew"))))
        .isInstanceOf(MalformedStreamException.class);
    assertThatThrownBy(() -> view.add(List.of(directory("d", "R", "Tnew"))))
        .isInstanceOf(MalformedStreamException.class);
  }

  @Property
  void noMembersHoweverHostileLeadARestoreAstray(@ForAll("images") List<List<Member>> images) {
    var hostile = new PointInTimeView();
    try {
      for (var members : images) {
        hostile.add(members);
      }
    } catch (MalformedStreamException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
    for (var entry : hostile.entries(MemberPath.ROOT)) {
      assertThat(Arrays.asList(entry.path().latin1().split("/", -1))).doesNotContain("..", ".");
      for (var above = entry.path().parent();
          !above.equals(MemberPath.ROOT);
          above = above.parent()) {
        assertThat(hostile.get(above).map(parent -> parent.member().type()))
            .isIn(Optional.empty(), Optional.of(Member.Type.DIRECTORY));
      }
    }
  }

  @Provide
  Arbitrary<List<List<Member>>> images() {
    var path = Arbitraries.of(PATHS);
    var type =
        Arbitraries.of(
            Member.Type.FILE,
            Member.Type.SYMBOLIC_LINK,
            Member.Type.HARD_LINK,
            Member.Type.DIRECTORY);
    var lines =
        Combinators.combine(Arbitraries.of('Y', 'N', 'D', 'R', 'T', 'X'), path)
            .as((code, name) -> code + name)
            .list()
            .ofMaxSize(5);
    var member = Combinators.combine(path, type, lines).as(PointInTimeViewTests::member);
    return member.list().ofMaxSize(6).list().ofMinSize(1).ofMaxSize(4);
  }

  private List<String> live() {
    return view.entries(MemberPath.ROOT).stream()
        .map(entry -> entry.path().latin1() + " " + entry.image())
        .toList();
  }

  private static Member directory(String path, String... names) {
    return member(path, Member.Type.DIRECTORY, List.of(names));
  }

  private static Member file(String path) {
    return member(path, Member.Type.FILE, List.of());
  }

  private static Member member(String path, Member.Type type, List<String> names) {
    var listed = new ArrayList<Member.Dumpdir.Entry>();
    for (var name : names) {
      listed.add(new Member.Dumpdir.Entry(name.charAt(0), new MemberPath(name.substring(1))));
    }
    boolean linked = type == Member.Type.HARD_LINK || type == Member.Type.SYMBOLIC_LINK;
    return new Member(
        new MemberPath(path),
        type,
        0644,
        0,
        0,
        0,
        0,
        0,
        linked ? Optional.of(new MemberPath("../../target")) : Optional.empty(),
        0,
        512,
        type == Member.Type.DIRECTORY ? Optional.of(new Member.Dumpdir(listed)) : Optional.empty());
  }
}
