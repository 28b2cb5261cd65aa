package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a declared bucket must come to together.
class S3RulesTests {
  private static final String API = "apiVersion: holdfast/v1\n";

  @TempDir Path root;

  @Test
  void aBucketNeedsItsServer() throws IOException {
    found("bucket: b", ExitCode.CONFIG, "neither a region nor an endpoint says which server");
  }

  @Test
  void aRegionMustBeOneOfThoseAllowed() throws IOException {
    found(
        "bucket: b, region: us-east-1, locationRestriction: [eu-west-1]",
        ExitCode.CONFIG,
        "region 'us-east-1' is not one of locationRestriction [eu-west-1]");
  }

  @Test
  void plainHttpNeedsAPolicy() throws IOException {
    found(
        "bucket: b, endpoint: \"http://s3.lan:9000\", tls: false",
        ExitCode.POLICY,
        "data would travel to s3.lan without TLS, which no policy allows");
    found(
        "bucket: b, region: eu-west-1, tls: false",
        ExitCode.POLICY,
        "data would travel to s3.amazonaws.com without TLS");
  }

  @Test
  void endpointAndTlsMustAgree() throws IOException {
    found(
        "bucket: b, endpoint: \"http://s3.lan\"",
        ExitCode.CONFIG,
        "the endpoint and tls contradict each other");
    found(
        "bucket: b, endpoint: \"https://s3.lan\", tls: false",
        ExitCode.CONFIG,
        "the endpoint and tls contradict each other");
  }

  @Test
  void aKeyWithoutItsEncryptionIsAMistake() throws IOException {
    found(
        "bucket: b, region: eu-west-1, kmsKey: alias/x",
        ExitCode.CONFIG,
        "a key is named, and sse is not kms");
  }

  @Test
  void aLockMustOutlastRetentionAndCycle() throws IOException {
    found(
        "bucket: b, region: eu-west-1, objectLock: { mode: compliance, days: 96 }",
        ExitCode.POLICY,
        "storage 'Vault' locks objects for 96 days, and set Demo needs 97 (retention 90 + cycle"
            + " 7)");
    assertThat(problems("bucket: b, region: eu-west-1, objectLock: { mode: compliance, days: 97 }"))
        .isEmpty();
  }

  @Test
  void aLockMustOutlastTheRetentionOfCopiesToo() throws IOException {
    var repository =
        new Repository(root.toRealPath())
            .withSet()
            .with(
                "storage/away.yaml",
                API
                    + "kind: Storage\nname: Away\ntype: s3\ns3: { bucket: b, region: eu-west-1,"
                    + " objectLock: { mode: governance, days: 400 } }")
            .with(
                "backupsets/web.yaml",
                Repository.SET + "copies: [ { to: Away, select: fulls, retentionDays: 400 } ]\n");

    assertThat(errors(repository.invalid()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.POLICY);
              assertThat(finding.place().file()).isEqualTo("backupsets/web.yaml");
              assertThat(finding.message())
                  .contains("locks objects for 400 days, and set Web needs");
            });
  }

  @Test
  void aHostThatAPolicyNamesMayBeSpokenToPlainly() throws IOException {
    assertThat(
            problems(
                "bucket: b, endpoint: \"http://s3.lan:9000\", tls: false",
                "policies: { allowPlainHttp: [\"*.lan\"] }"))
        .isEmpty();
  }

  private void found(String s3, ExitCode exit, String message) throws IOException {
    var findings = problems(s3);
    assertThat(findings).anyMatch(finding -> finding.problem().text().contains(message));
    assertThat(Finding.exit(findings)).isEqualTo(exit);
  }

  private List<Finding> problems(String s3) throws IOException {
    return problems(s3, "");
  }

  private List<Finding> problems(String s3, String project) throws IOException {
    var repository =
        new Repository(root.toRealPath())
            .with("jobs/project.yaml", API + "kind: Project\nname: Test\n" + project)
            .with(
                "storage/vault.yaml",
                API + "kind: Storage\nname: Vault\ntype: s3\ns3: { " + s3 + " }")
            .with(
                "backupsets/sources/tree.yaml",
                API + "kind: Source\nname: Tree\ntype: filesystem\nhost: localhost\npaths: [/etc]")
            .with(
                "backupsets/demo.yaml",
                API
                    + "kind: BackupSet\nname: Demo\nwhat: { sources: [Tree] }\n"
                    + "where: { storage: Vault }\nmedia: { cycleDays: 7, retentionDays: 90 }");
    return switch (repository.load()) {
      case LoadResult.Loaded _ -> List.of();
      case LoadResult.Invalid(var findings, _) -> errors(findings);
    };
  }

  private static List<Finding> errors(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.severity() != Finding.Severity.WARNING)
        .toList();
  }
}
