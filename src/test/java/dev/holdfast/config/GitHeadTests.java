package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commit is read from git's files in each of the forms git writes.
class GitHeadTests {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void aBranchPointsToItsCommit(@TempDir Path root) {
    var repository =
        new Repository(root)
            .with(".git/HEAD", "ref: refs/heads/main\n")
            .with(".git/refs/heads/main", COMMIT + "\n");
    assertThat(GitHead.of(repository.root().resolve("backupsets"))).contains(COMMIT);
  }

  @Test
  void aPackedBranchIsFoundToo(@TempDir Path root) {
    new Repository(root)
        .with(".git/HEAD", "ref: refs/heads/main\n")
        .with(".git/packed-refs", "# pack-refs with: peeled\n" + COMMIT + " refs/heads/main\n");
    assertThat(GitHead.of(root)).contains(COMMIT);
  }

  @Test
  void aDetachedHeadIsACommit(@TempDir Path root) {
    new Repository(root).with(".git/HEAD", COMMIT + "\n");
    assertThat(GitHead.of(root)).contains(COMMIT);
  }

  @Test
  void aWorkTreeFindsTheSharedBranches(@TempDir Path root) {
    new Repository(root)
        .with("main/.git/refs/heads/side", COMMIT + "\n")
        .with("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n")
        .with("main/.git/worktrees/side/commondir", "../..\n")
        .with("side/.git", "gitdir: " + root + "/main/.git/worktrees/side\n");
    assertThat(GitHead.of(root.resolve("side"))).contains(COMMIT);
  }

  @Test
  void outsideGitOrBeforeTheFirstCommitThereIsNone(@TempDir Path root) {
    new Repository(root).with("new/.git/HEAD", "ref: refs/heads/main\n");
    assertThat(GitHead.of(root.resolve("new"))).isEmpty();
  }
}
