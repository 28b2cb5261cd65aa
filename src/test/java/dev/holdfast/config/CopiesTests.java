package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `copies` may say, and what the declarations prove of how safe backups will be.
class CopiesTests {
  private static final String CELLAR =
      """
      apiVersion: holdfast/v1
      kind: Storage
      name: cellar
      type: disk
      site: bank
      disk: { path: /mnt/cellar }
      """;
  private static final String BUCKET =
      """
      apiVersion: holdfast/v1
      kind: Storage
      name: bucket
      type: s3
      site: eu-west
      s3: { bucket: backups, region: eu-west-1, objectLock: { mode: compliance, days: 400 } }
      """;

  @TempDir Path root;

  @Test
  void aCopyNamesADeclaredStorageThatIsNotTheSetsOwnAndOnlyOnce() {
    var repository =
        copies("[ { to: nas-disk }, { to: cellar }, { to: cellar }, { to: atic } ]")
            .with("storage/cellar.yaml", CELLAR);

    assertThat(Repository.texts(repository.invalid()))
        .containsExactly(
            "backupsets/web.yaml:6:17: storage 'nas-disk' holds the set's own images, a copy there"
                + " is none\nHINT: name another Storage, on another device",
            "backupsets/web.yaml:6:51: storage 'cellar' is named twice in copies\nHINT: name it"
                + " once; select: all holds the fulls too",
            "backupsets/web.yaml:6:67: storage 'atic' is not declared in storage/\nHINT: declared"
                + " are cellar, nas-disk");
  }

  @Test
  void volumesOfTwoStoragesOfASetAreNeverNamedAlike() {
    var repository =
        copies("[ { to: cellar, labelTemplate: \"${set}-${n:3}\" } ]")
            .with("storage/cellar.yaml", CELLAR);

    assertThat(Repository.texts(repository.invalid()))
        .containsExactly(
            "backupsets/web.yaml:6:17: storages 'nas-disk' and 'cellar' would have volumes of the"
                + " same labels\nHINT: put ${storage} into the template of the copy");
  }

  @Test
  void foldersOfStoragesDoNotLieInEachOther() {
    var repository =
        copies("[ { to: cellar } ]")
            .with("storage/cellar.yaml", CELLAR.replace("/mnt/cellar", "/mnt/nas/holdfast/copy"));

    assertThat(Repository.texts(repository.invalid()).getFirst()).contains("lie in each other");
  }

  @Test
  void whatPoliciesAskIsProvedForEachSourceWithItsPlace() {
    var repository =
        copies("[ { to: cellar } ]")
            .with("storage/cellar.yaml", CELLAR)
            .with("jobs/project.yaml", project("threeTwoOne: { copies: 4 }", "warn"));

    assertThat(Repository.texts(repository.invalid()))
        .containsExactly(
            "backupsets/sources/www.yaml:3:7: source 'www' has 0 of 1 copies elsewhere\nHINT: copy"
                + " set Web to a storage at another site; 'site' of a Storage says where it is",
            "backupsets/sources/www.yaml:3:7: source 'www' has 1 of 2 kinds of media: disk\nHINT:"
                + " copy set Web to storage of another kind, or declare its mediaClass",
            "backupsets/sources/www.yaml:3:7: source 'www' has 3 of 4 copies: the original,"
                + " nas-disk, cellar\nHINT: add a storage to 'copies' of set Web",
            "backupsets/sources/www.yaml:3:7: warning: source 'www' has 0 of 1 copies that nobody"
                + " can delete\nHINT: copy set Web to a bucket with objectLock: { mode: compliance"
                + " }, for all of its retention");
    assertThat(Finding.exit(repository.invalid())).isEqualTo(ExitCode.POLICY);
  }

  @Test
  void aBreachOfAPolicyKeepsNobodyFromReading() {
    var result =
        copies("[ { to: cellar } ]")
            .with("storage/cellar.yaml", CELLAR)
            .with("jobs/project.yaml", project("threeTwoOne: {}", "off"))
            .load();

    assertThat(result)
        .isInstanceOfSatisfying(
            LoadResult.Invalid.class, invalid -> assertThat(invalid.readable()).isPresent());
  }

  @Test
  void theProofIsExplained() {
    var repository =
        copies("[ { to: cellar }, { to: bucket, select: fulls } ]")
            .with("storage/disk.yaml", Repository.STORAGE + "site: here\n")
            .with("storage/cellar.yaml", CELLAR.replace("bank", "here"))
            .with("storage/bucket.yaml", BUCKET)
            .with("jobs/project.yaml", project("threeTwoOne: {}", "error"));

    var loaded = repository.loaded();

    assertThat(Explainer.explain(loaded, "Source/www").getFirst().text())
        .containsPattern(
            "threeTwoOne.copies +4 of 3: the original, nas-disk, cellar, bucket  # proved for"
                + " jobs/project.yaml:")
        .containsPattern("threeTwoOne.mediaClasses +2 of 2: disk, object ")
        .containsPattern("threeTwoOne.offsite +1 of 1: bucket ")
        .containsPattern("immutableCopy.min +1 of 1: bucket ");
    assertThat(Repository.texts(loaded.warnings()))
        .containsExactly(
            "backupsets/web.yaml:3:7: warning: what set Web has elsewhere (bucket) holds fulls only,"
                + " so it is up to 7 days old\nHINT: copy with 'select: all', or make fulls more"
                + " often with media.cycleDays");
  }

  private Repository copies(String copies) {
    return new Repository(root)
        .withSet()
        .with("backupsets/web.yaml", Repository.SET + "copies: " + copies + "\n");
  }

  private static String project(String threeTwoOne, String immutable) {
    return """
        apiVersion: holdfast/v1
        kind: Project
        name: Test
        policies:
          %s
          immutableCopy: { level: %s }
        """
        .formatted(threeTwoOne, immutable);
  }
}
