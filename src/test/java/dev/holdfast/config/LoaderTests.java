package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong with a repository, word for word.
class LoaderTests {
  private static final String SET_HEAD = "apiVersion: holdfast/v1\nkind: BackupSet\nname: Web\n";
  private static final String SOURCE_HEAD =
      "apiVersion: holdfast/v1\nkind: Source\nname: www\ntype: filesystem\n";

  static Stream<Arguments> saysExactlyThis() {
    return Stream.of(
        argumentSet(
            "dangling storage",
            "backupsets/web.yaml",
            SET_HEAD + "what: { sources: [www] }\nwhere: { storage: nas-dsk }\n",
            """
            backupsets/web.yaml:5:19: storage 'nas-dsk' is not declared in storage/
            HINT: did you mean 'nas-disk'? declared are nas-disk"""),
        argumentSet(
            "dangling source",
            "backupsets/web.yaml",
            SET_HEAD + "what: { sources: [www, wiki] }\nwhere: { storage: nas-disk }\n",
            """
            backupsets/web.yaml:4:24: source 'wiki' is not declared in backupsets/
            HINT: declared are www"""),
        argumentSet(
            "missing section",
            "backupsets/web.yaml",
            SET_HEAD + "what: { sources: [www] }\n",
            """
            backupsets/web.yaml:1:1: where.storage is missing
            HINT: add it: a Storage; fixed after the first image"""),
        argumentSet(
            "unknown key",
            "backupsets/web.yaml",
            Repository.SET + "media: { retentoinDays: 3 }\n",
            """
            backupsets/web.yaml:6:10: 'retentoinDays' is not a key of media
            HINT: did you mean 'retentionDays'? known are cycleDays, keep, labelTemplate, overwriteForeign, partSize, retentionDays"""),
        argumentSet(
            "no boolean of YAML 1.1",
            "backupsets/web.yaml",
            Repository.SET + "when: { active: yes }\n",
            """
            backupsets/web.yaml:6:17: when.active is 'yes', not true or false
            HINT: write true or false; yes, no, on and off are plain words in YAML 1.2"""),
        argumentSet(
            "number out of range",
            "backupsets/web.yaml",
            Repository.SET + "how: { serverParallel: 0 }\n",
            """
            backupsets/web.yaml:6:24: how.serverParallel is '0', not a whole number 1..255
            HINT: write digits only, without quotes"""),
        argumentSet(
            "size without unit",
            "backupsets/web.yaml",
            Repository.SET + "media: { partSize: 512 }\n",
            """
            backupsets/web.yaml:6:20: media.partSize is '512', not a size of 1.00 MiB..100 GiB
            HINT: put it in quotes; write a number with its unit, as 512MiB or 500GB"""),
        argumentSet(
            "wrong choice",
            "backupsets/web.yaml",
            Repository.SET + "how: { mediaUtilization: firstfit }\n",
            """
            backupsets/web.yaml:6:26: how.mediaUtilization is 'firstfit', not one of its values
            HINT: did you mean 'firstFit'? write one of first, firstFit, largest, largestFit, smallest, last"""),
        argumentSet(
            "set name",
            "backupsets/web.yaml",
            Repository.SET.replace("name: Web", "name: web server"),
            """
            backupsets/web.yaml:3:7: name is 'web server', not a set name
            HINT: letters and digits only, at most 255"""),
        argumentSet(
            "retention below the cycle",
            "backupsets/web.yaml",
            Repository.SET + "media: { cycleDays: 7, retentionDays: 6 }\n",
            """
            backupsets/web.yaml:6:39: images stay 6 days, and a full comes every 7
            HINT: keep them at least one cycle, better two"""),
        argumentSet(
            "wrong folder",
            "schedules/late.yaml",
            "apiVersion: holdfast/v1\nkind: Job\nname: Late\n",
            """
            schedules/late.yaml:2:7: a Job does not belong into schedules/
            HINT: move it to jobs/"""),
        argumentSet(
            "unknown kind",
            "jobs/late.yaml",
            "apiVersion: holdfast/v1\nkind: Jobb\nname: Late\n",
            """
            jobs/late.yaml:2:7: the kind 'Jobb' is unknown
            HINT: did you mean 'Job'? known are BackupSet, Drill, Job, Project, Schedule, Source, SourceGroup, Staging, Storage"""),
        argumentSet(
            "name used twice in another case",
            "storage/other.yaml",
            Repository.STORAGE.replace("nas-disk", "NAS-Disk"),
            """
            storage/other.yaml:3:7: Storage 'NAS-Disk' is already the name of a Storage in storage/disk.yaml:3:7
            HINT: names differ in more than their case; rename one of them"""),
        argumentSet(
            "host that is an option",
            "backupsets/sources/www.yaml",
            SOURCE_HEAD + "host: -oProxyCommand=evil\npaths: [/srv]\n",
            """
            backupsets/sources/www.yaml:5:7: host is '-oProxyCommand=evil', not a host name or address
            HINT: letters, digits, dots, dashes and colons, starting with a letter or digit"""),
        argumentSet(
            "relative path",
            "backupsets/sources/www.yaml",
            SOURCE_HEAD + "paths: [srv/www]\n",
            """
            backupsets/sources/www.yaml:5:9: paths[0] is 'srv/www', not an absolute path
            HINT: start with '/', or with '${state}/' or '${repo}/'"""),
        argumentSet(
            "path with dots",
            "backupsets/sources/www.yaml",
            SOURCE_HEAD + "paths: [/srv/../etc]\n",
            """
            backupsets/sources/www.yaml:5:8: paths '/srv/../etc' holds '.' or '..'
            HINT: write the path as it really is"""),
        argumentSet(
            "path inside another",
            "backupsets/sources/www.yaml",
            SOURCE_HEAD + "paths: [/srv, /srv/www]\n",
            """
            backupsets/sources/www.yaml:5:8: '/srv/www' is already part of '/srv'
            HINT: name each folder once"""),
        argumentSet(
            "key without encryption",
            "jobs/project.yaml",
            """
            apiVersion: holdfast/v1
            kind: Project
            name: P
            keys: { k: { secretRef: { env: K } } }
            defaults: { Source: { encrypt: { key: k } } }
            """,
            """
            jobs/project.yaml:5:39: a key is named, and encrypt.where is not, so nothing would be encrypted
            HINT: add 'where: client' or 'where: server'; 'where: none' if it is meant"""),
        argumentSet(
            "path that is excluded",
            "backupsets/sources/www.yaml",
            SOURCE_HEAD + "paths: [/srv/www]\nexclude: [www]\n",
            """
            backupsets/sources/www.yaml:6:10: 'www' leaves out the whole of the path '/srv/www'
            HINT: begin the pattern with the path, as '/srv/www/**/..'"""),
        argumentSet(
            "backing up the backup",
            "backupsets/sources/www.yaml",
            SOURCE_HEAD + "paths: [/mnt]\n",
            """
            backupsets/web.yaml:5:19: storage 'nas-disk' at /mnt/nas/holdfast lies inside /mnt of source www
            HINT: it would back up its own backups: move it, or exclude '/mnt/nas/holdfast'"""),
        argumentSet(
            "unknown variable",
            "backupsets/sources/www.yaml",
            SOURCE_HEAD + "paths: [\"/srv/${var.site}\"]\n",
            """
            backupsets/sources/www.yaml:5:9: the variable '${var.site}' is not declared
            HINT: vars of the Project: none"""),
        argumentSet(
            "unknown placeholder",
            "storage/disk.yaml",
            Repository.STORAGE.replace("/mnt/nas/holdfast", "\"/mnt/${host}\""),
            """
            storage/disk.yaml:5:15: disk.path '/mnt/${host}' holds a placeholder that is not known here
            HINT: known are ${repo}, ${state}"""),
        argumentSet(
            "missing block",
            "storage/disk.yaml",
            "apiVersion: holdfast/v1\nkind: Storage\nname: nas-disk\ntype: disk\n",
            """
            storage/disk.yaml:4:7: a storage of type disk needs 'disk'
            HINT: say where the volumes are"""),
        argumentSet(
            "wrong version",
            "storage/disk.yaml",
            Repository.STORAGE.replace("holdfast/v1", "holdfast/v2"),
            """
            storage/disk.yaml:1:13: apiVersion is 'holdfast/v2', not 'holdfast/v1'
            HINT: write holdfast/v1"""));
  }

  @ParameterizedTest
  @MethodSource
  void saysExactlyThis(String file, String content, String expected, @TempDir Path root) {
    var findings = new Repository(root).withSet().with(file, content).invalid();
    assertThat(Repository.texts(findings)).contains(expected);
  }

  @Test
  void allProblemsComeAtOnceSortedByPlace(@TempDir Path root) {
    var repository =
        new Repository(root)
            .withSet()
            .with("backupsets/web.yaml", SET_HEAD + "what: { sources: [nobody] }\nbogus: 1\n")
            .with("storage/disk.yaml", Repository.STORAGE + "archived: maybe\n");
    assertThat(repository.invalid())
        .extracting(finding -> finding.place().toString())
        .containsExactly(
            "backupsets/sources/www.yaml:3:7",
            "backupsets/web.yaml:5:1",
            "storage/disk.yaml:3:7",
            "storage/disk.yaml:6:11");
  }

  @Test
  void aLiteralSecretIsRefusedAndNotRepeated(@TempDir Path root) {
    var source =
        """
        apiVersion: holdfast/v1
        kind: Source
        name: www
        type: database
        database: { engine: postgresql, password: hunter2 }
        """;
    var texts =
        Repository.texts(
            new Repository(root).withSet().with("backupsets/sources/www.yaml", source).invalid());
    assertThat(texts)
        .contains(
            """
            backupsets/sources/www.yaml:5:43: database.password is written out, and a secret never is
            HINT: write where it comes from, as { secretRef: { env: NAME } }, and change the secret""");
    assertThat(texts.toString()).doesNotContain("hunter2");
  }

  @Test
  void unusedDeclarationsWarnAndDoNotFail(@TempDir Path root) {
    var repository =
        new Repository(root)
            .withSet()
            .with("storage/spare.yaml", Repository.STORAGE.replace("nas-disk", "spare"));
    assertThat(Repository.texts(repository.loaded().warnings()))
        .containsExactly(
            """
            storage/spare.yaml:3:7: warning: storage 'spare' is declared, but nothing refers to it
            HINT: refer to it, or remove it; stored data stay in either case""");
  }

  @Test
  void aBrokenFileDoesNotMakeItsNamesDangle(@TempDir Path root) {
    var repository = new Repository(root).withSet().with("storage/disk.yaml", "a: [\n");
    assertThat(repository.invalid())
        .extracting(finding -> finding.place().file())
        .containsExactly("storage/disk.yaml");
  }

  @Test
  void aSetAndAJobCannotShareAName(@TempDir Path root) {
    var job = "apiVersion: holdfast/v1\nkind: Job\nname: web\nsets: [Web]\n";
    assertThat(
            Repository.texts(new Repository(root).withSet().with("jobs/web.yaml", job).invalid()))
        .containsExactly(
            """
            jobs/web.yaml:3:7: Job 'web' is already the name of a BackupSet in backupsets/web.yaml:3:7
            HINT: names differ in more than their case; rename one of them""");
  }

  @Test
  void setsMustNotNameTheirVolumesAlike(@TempDir Path root) {
    var media = "media: { labelTemplate: \"VOL-${n:3}\" }\n";
    var repository =
        new Repository(root)
            .withSet()
            .with("backupsets/web.yaml", Repository.SET + media)
            .with("backupsets/mail.yaml", Repository.SET.replace("Web", "Mail") + media);
    assertThat(Repository.texts(repository.invalid()))
        .containsExactly(
            """
            backupsets/web.yaml:6:25: sets Mail and Web would give volumes the same labels
            HINT: put ${set} into the template""");
  }
}
