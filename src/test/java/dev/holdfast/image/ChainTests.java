package dev.holdfast.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A full and its incrementals, made and extracted by the real tar, give back exactly the tree.
class ChainTests {
  private final FrameWorkers workers = new FrameWorkers();
  private final List<StoredFiles> chain = new ArrayList<>();

  @TempDir Path root;
  Path tree;

  @BeforeEach
  void fill() {
    tree = Trees.fill(root.resolve("tree"), 20, 3_000, 1);
  }

  @Test
  void deletedAndChangedFilesAreAsTheyWereLast() {
    dump();
    sh(
        "rm file1.bin; echo new >file2.bin; echo more >fresh; rm -r sub0; mkdir sub1/deep; echo d >sub1/deep/x");
    dump();
    sh("rm sub1/deep/x; rm fresh; mkdir fresh; echo y >fresh/y; rm -rf sub2; echo file >sub2");
    dump();

    assertRestoresTheTree();
  }

  @Test
  void renamedDirectoriesKeepTheirUnchangedFiles() {
    dump();
    sh("mv sub0 renamed; mv sub1 sub0; mkdir inner; mv sub2 inner/sub2");
    dump();
    sh("mv renamed again; mv inner/sub2 sub1; rmdir inner");
    dump();

    assertRestoresTheTree();
  }

  @Test
  void directoriesThatSwapTheirNamesAreNotMixedUp() {
    dump();
    sh("mv sub0 t; mv sub1 sub0; mv t sub1; mv sub2 t; mv sub3 sub2; mv sub4 sub3; mv t sub4");
    dump();

    assertRestoresTheTree();
  }

  @Test
  void hardLinksStayLinkedAlsoAcrossRenames() {
    sh("ln file1.bin sub0/one; ln file1.bin zz; mkdir d; echo q >d/q; ln d/q d/r");
    dump();
    sh("mv d e; mv sub0 was0; echo z >>zz");
    dump();

    assertRestoresTheTree();
  }

  @Test
  void aLinkWhoseOtherNameIsNotWantedBecomesTheFile() throws IOException {
    sh("ln file1.bin sub0/one; ln file1.bin sub0/two");
    dump();

    var target = restore(path("sub0"));

    var one = target.resolve(relative("sub0/one"));
    assertThat(one).hasSameBinaryContentAs(tree.resolve("file1.bin"));
    assertThat(Files.getAttribute(one, "unix:nlink")).isEqualTo(2);
  }

  @Test
  void oneFileOfARenamedDirectoryComesBackUnderItsNewName() {
    sh("setfattr -n user.tag -v kept sub0/file0.bin");
    dump();
    sh("mv sub0 renamed");
    dump();

    var target = restore(path("renamed/file0.bin"));

    var file = target.resolve(relative("renamed/file0.bin"));
    assertThat(file).hasSameBinaryContentAs(tree.resolve("renamed/file0.bin"));
    assertThat(
            Trees.output(
                "getfattr", "--absolute-names", "-n", "user.tag", "--only-values", file.toString()))
        .isEqualTo("kept");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anyHistoryOfEditsRestores(long seed) {
    var random = new Random(seed);
    dump();
    for (int round = 0; round < 3; round++) {
      for (int edit = 0; edit < 6; edit++) {
        edit(random);
      }
      dump();
    }

    assertRestoresTheTree();
  }

  @Test
  void aFlippedBitInAPartIsNeverGivenOut() throws IOException {
    dump();
    var part = root.resolve("image0/p0001");
    var bytes = Files.readAllBytes(part);
    bytes[Header.SIZE + 100] ^= 4;
    Files.write(part, bytes);

    assertThatThrownBy(() -> restore(MemberPath.ROOT))
        .hasStackTraceContaining("damaged: p0001 of image i0");
  }

  @Test
  void aPathThatClimbsOutIsRefused() {
    var view = new PointInTimeView();

    assertThatThrownBy(() -> view.add(List.of(file("a/../../etc/passwd"))))
        .hasMessage("the path 'a/../../etc/passwd' could leave its target");
  }

  private void edit(Random random) {
    var names = "a b c d sub0 sub1 sub2 file1.bin file2.bin a/b b/c sub0/a".split(" ", -1);
    var one = names[random.nextInt(names.length)];
    var other = names[random.nextInt(names.length)];
    sh(
        switch (random.nextInt(6)) {
          case 0 -> "rm -rf " + one;
          case 1 -> "[ -e " + other + " ] || mv -T " + one + " " + other + " 2>/dev/null || :";
          case 2 -> "[ -e " + one + " ] || mkdir -p " + one + " 2>/dev/null || :";
          case 3 ->
              "[ -d " + one + " ] || echo " + random.nextInt() + " >" + one + " 2>/dev/null || :";
          case 4 ->
              "[ -d "
                  + one
                  + " ] && echo "
                  + random.nextInt()
                  + " >"
                  + one
                  + "/n"
                  + random.nextInt(3)
                  + " || :";
          default -> "[ -f " + one + " ] && ln -f " + one + " " + other + "-link 2>/dev/null || :";
        });
  }

  private void sh(String script) {
    Trees.output("sh", "-c", "cd \"$1\" && sleep 0.01; " + script, "sh", tree.toString());
  }

  private void dump() {
    int number = chain.size();
    var previous = root.resolve("snapshot" + (number - 1));
    var snapshot = root.resolve("snapshot" + number);
    try {
      if (number > 0) {
        Files.copy(previous, snapshot);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var parent = number == 0 ? Optional.<String>empty() : Optional.of("i" + (number - 1));
    var folder = root.resolve("image" + number);
    var manifest =
        TestImages.dump(TestImages.spec("i" + number, number, parent), tree, snapshot, folder);
    chain.add(new StoredFiles(manifest, new FolderSource(new ImageFolder(folder), "folder")));
  }

  private void assertRestoresTheTree() {
    var target = restore(MemberPath.ROOT);

    assertThat(Trees.differences(tree, target.resolve(relative("")))).isEmpty();
  }

  private Path restore(MemberPath wanted) {
    try {
      var view = new PointInTimeView();
      var frames = new ArrayList<List<Frame>>();
      for (var files : chain) {
        frames.add(IndexReader.addTo(view, files));
      }
      assertThat(view.missing()).isEmpty();
      var selection = new RestoreStream.Selection(view, view.entries(wanted));
      assertThat(selection.entries()).isNotEmpty();
      var target = Files.createDirectory(root.resolve("target"));
      for (int image = 0; image < chain.size(); image++) {
        try (var tar =
            RestoreStream.open(selection, image, chain.get(image), frames.get(image), workers)) {
          extract(tar.readAllBytes(), target);
        }
      }
      return target;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void extract(byte[] tar, Path target) throws IOException {
    var file = Files.write(root.resolve("stream.tar"), tar);
    Trees.output(
        "tar",
        "--extract",
        "--file=" + file,
        "-C",
        target.toString(),
        "-p",
        "--numeric-owner",
        "--xattrs",
        "--xattrs-include=*",
        "--acls");
  }

  private MemberPath path(String inTree) {
    return MemberPath.ofText(relative(inTree).toString());
  }

  private Path relative(String inTree) {
    return Path.of("/").relativize(tree.resolve(inTree));
  }

  private static Member file(String path) {
    return new Member(
        new MemberPath(path),
        Member.Type.FILE,
        0644,
        0,
        0,
        0,
        0,
        0,
        Optional.empty(),
        0,
        512,
        Optional.empty());
  }
}
