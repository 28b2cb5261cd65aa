package dev.holdfast.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.Trees;
import dev.holdfast.source.DumpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A full and its incrementals, made and extracted by the real tar, give back exactly the tree.
class ChainTests {
  private final FrameWorkers workers = new FrameWorkers();
  private final List<StoredFiles> chain = new ArrayList<>();
  private boolean byDriver;
  private UnaryOperator<ImageSpec> spec = UnaryOperator.identity();

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
    // one at a time: GNU tar 1.34 records chains of renames wrongly, which the driver avoids
    for (var rename :
        List.of("mv sub0 renamed", "mv sub1 sub0", "mkdir inner", "mv sub2 inner/sub2")) {
      sh(rename);
      dump();
    }
    sh("mv renamed again");
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
    byDriver = true;
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
  void whatIsExcludedOrNoFileIsNotMissed() throws IOException {
    sh(
        "mkdir left; echo 1 >left/out; echo 2 >a.tmp; perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local=>\"sock\",Listen=>1)'");
    dump("--exclude=*.tmp", "--exclude=left");
    sh("echo 3 >b.tmp; echo 4 >new");
    dump("--exclude=*.tmp", "--exclude=left");

    var target = restore(MemberPath.ROOT).resolve(relative(""));

    assertThat(target.resolve("left")).doesNotExist();
    assertThat(target.resolve("a.tmp")).doesNotExist();
    assertThat(target.resolve("new")).exists();
    sh("rm -r left a.tmp b.tmp sock; touch -r '" + target + "' .");
    assertThat(Trees.differences(tree, target)).isEmpty();
  }

  @Test
  void namesAndContentsOfEveryKindSurviveRenames() {
    sh(
        """
        mkdir sub0/odd; cd sub0/odd
        touch "$(printf 'n\\351\\012w')" ' blank ' '%41' -rf 'back\\\\slash' "qu'ote"
        truncate -s 200M sparse; printf x >>sparse; printf y | dd of=sparse bs=1 seek=50000000 conv=notrunc 2>&1
        mkfifo pipe; mknod null c 1 3; ln -s '../up and away' link
        ln -s "$(printf '%0300d' 7)" longlink; ln link link2
        touch -d '1960-02-03 04:05:06.789' old; touch -h -d '2001-01-01 00:00:00.123456789' link
        setfattr -n user.tag -v "$(printf 'a=b')" old; setfacl -m u:7:r old; chmod 6711 sparse; chown 12:34 null
        d=$(printf '%0200d' 1); for i in 1 2 3 4 5 6 7; do mkdir "$d"; cd "$d"; done; echo deep >"$d"
        """);
    dump();
    sh("mv sub0 moved; mkdir empty; chmod 0 empty");
    dump();

    assertRestoresTheTree();
  }

  @Test
  void uncompressedImagesRestoreAlike() {
    spec = TestImages::plain;
    dump();
    sh("rm file1.bin; mv sub0 renamed; echo new >file2.bin");
    dump();

    assertRestoresTheTree();
  }

  @Test
  void aTreeOfThousandsOfLevelsIsWalked() throws IOException {
    sh("perl -e 'for (1..1500) { mkdir \"d\"; chdir \"d\" } open F, \">end\"'");
    dump();
    sh("touch here");
    dump();

    var deep = "d/".repeat(1500) + "end";
    var target = restore(path(deep));

    assertThat(target.resolve(relative(deep))).exists();
    // the clean-up of a temporary directory is quadratic in its depth
    Trees.output("rm", "-r", tree.toString(), target.toString());
  }

  @Test
  void filesNamedAsOperandsAreInEveryImage() throws IOException {
    var folder = tree;
    dump();
    tree = folder.resolve("file1.bin");
    chain.clear();
    Files.delete(root.resolve("snapshot0"));
    Trees.output("rm", "-r", root.resolve("image0").toString());
    dump();
    dump();

    var target = restore(MemberPath.ROOT);

    assertThat(target.resolve(Path.of("/").relativize(tree))).hasSameBinaryContentAs(tree);
  }

  @Test
  void scatteredMembersCostOnePassOverTheirFrames() throws IOException {
    sh("mkdir many; i=0; while [ $i -lt 3000 ]; do echo $i >many/f$i; i=$((i+1)); done");
    dump();
    var whole = Chain.read(chain, Wanted.everything());
    var view = whole.view();
    var frames = whole.frames().getFirst();
    var every2nd = new ArrayList<PointInTimeView.Entry>();
    var all = view.entries(path("many"));
    for (int i = 0; i < all.size(); i += 2) {
      every2nd.add(all.get(i));
    }
    var counted =
        new CountingFrames(
            chain.getFirst(), new FolderSource(new ImageFolder(root.resolve("image0")), "folder"));
    try (var tar =
        RestoreStream.open(
            new RestoreStream.Selection(view, every2nd), 0, counted.files(), frames, workers)) {
      assertThat(tar.readAllBytes()).isNotEmpty();
    }

    assertThat(counted.bytesRead())
        .isLessThan(chain.getFirst().manifest().stream().storedBytes() + 4L * Header.SIZE);
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

  private void dump(String... options) {
    int number = chain.size();
    var base = root.resolve("snapshot" + (number - 1));
    var snapshot = root.resolve("snapshot" + number);
    var parent = number == 0 ? Optional.<String>empty() : Optional.of("i" + (number - 1));
    var image = spec.apply(TestImages.spec("i" + number, number, parent));
    var folder = root.resolve("image" + number);
    try {
      Manifest manifest;
      if (byDriver) {
        var request = new DumpRequest(parent.map(_ -> base), snapshot, Duration.ofMinutes(1));
        manifest = TestImages.dumpByDriver(image, tree, request, folder);
      } else {
        if (number > 0) {
          Files.copy(base, snapshot);
        }
        manifest = TestImages.dump(image, tree, snapshot, folder, options);
      }
      chain.add(new StoredFiles(manifest, new FolderSource(new ImageFolder(folder), "folder")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void assertRestoresTheTree() {
    var target = restore(MemberPath.ROOT);

    assertThat(Trees.differences(tree, target.resolve(relative("")))).isEmpty();
    assertEachPartIsThatOfTheWhole();
  }

  /// Every path that any image of the chain ever held, alive or gone by now.
  private void assertEachPartIsThatOfTheWhole() {
    try {
      var whole = Chain.read(chain, Wanted.everything()).view();
      var ever = new LinkedHashSet<MemberPath>();
      for (var files : chain) {
        IndexReader.read(files, Wanted.everything()).members().stream()
            .map(Member::path)
            .forEach(ever::add);
      }
      assertThat(ever).hasSizeGreaterThan(10);
      for (var path : ever) {
        var part = Chain.read(chain, new Wanted(List.of(path))).view();
        assertThat(part.entries(path)).as(path.latin1()).isEqualTo(whole.entries(path));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path restore(MemberPath wanted) {
    try {
      var whole = Chain.read(chain, Wanted.everything());
      var view = whole.view();
      var frames = whole.frames();
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
