package dev.holdfast.config;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Project;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Storage;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Rules for storage of type s3: what its keys must come to together, and what policies ask of it.
final class S3Rules {
  private static final String PLAIN = "http";

  private final List<Pattern> plainHosts;
  private final Findings findings;

  S3Rules(Project project, Findings findings) {
    this.plainHosts =
        project.settings().policies().stream()
            .flatMap(policies -> policies.allowPlainHttp().stream())
            .map(S3Rules::hosts)
            .toList();
    this.findings = findings;
  }

  /// Checks a declared bucket by itself.
  void check(Bound<StorageDocument> bound, S3 s3) {
    checkServer(bound, s3);
    checkTls(bound, s3);
    checkPrefix(bound, s3);
    if (s3.kmsKey().isPresent() && s3.sse() != S3.Sse.KMS) {
      findings.error(
          bound.placeOf("s3", "kmsKey"),
          "s3.kmsKey",
          "a key is named, and sse is not kms",
          "write 'sse: kms' beside it, or remove it");
    }
  }

  /// What a lock promises must outlast the set's need: nothing may become deletable before it
  /// expires, and the oldest image of a chain stays for a cycle longer.
  void checkLock(BackupSet set, Storage storage, int retentionDays, Place place) {
    if (!(storage.spec() instanceof S3 s3) || s3.objectLock().isEmpty()) {
      return;
    }
    int days = s3.objectLock().get().days();
    int needed = retentionDays + set.media().cycleDays();
    if (days < needed) {
      findings.policy(
          place,
          "s3.objectLock.days",
          "storage '%s' locks objects for %d days, and set %s needs %d (retention %d + cycle %d)"
              .formatted(
                  storage.name(), days, set.name(), needed, retentionDays, set.media().cycleDays()),
          "set s3.objectLock.days of '" + storage.name() + "' to at least " + needed);
    }
  }

  /// Threads and speed are of uploads and downloads; a disk has neither.
  void checkTransfer(BackupSet set, Place place) {
    if (set.where().transfer().isPresent() && !(set.storage().spec() instanceof S3)) {
      findings.warning(
          place,
          "where.transfer",
          "transfer has no effect, storage '" + set.storage().name() + "' is not of type s3",
          "remove it; it limits what travels to and from a bucket");
    }
  }

  private void checkServer(Bound<StorageDocument> bound, S3 s3) {
    if (s3.endpoint().isEmpty() && s3.region().isEmpty()) {
      findings.error(
          bound.placeOf("s3"),
          "s3.region",
          "neither a region nor an endpoint says which server is meant",
          "write the bucket's region, or the URL of your own server as endpoint");
    }
    s3.region()
        .filter(_ -> !s3.locationRestriction().isEmpty())
        .filter(region -> !s3.locationRestriction().contains(region))
        .ifPresent(
            region ->
                findings.error(
                    bound.placeOf("s3", "region"),
                    "s3.region",
                    "region '%s' is not one of locationRestriction %s"
                        .formatted(region, s3.locationRestriction()),
                    "correct one of the two"));
  }

  private void checkTls(Bound<StorageDocument> bound, S3 s3) {
    boolean plain = s3.endpoint().map(S3Rules::isPlain).orElse(!s3.tls());
    if (plain == s3.tls()) {
      findings.error(
          bound.placeOf("s3", "endpoint"),
          "s3.tls",
          "the endpoint and tls contradict each other",
          plain
              ? "write the endpoint with https, or 'tls: false' beside it"
              : "write the endpoint with http, or 'tls: true'");
      return;
    }
    var host = s3.host().orElse("s3.amazonaws.com").toLowerCase(Locale.ROOT);
    if (plain && plainHosts.stream().noneMatch(allowed -> allowed.matcher(host).matches())) {
      findings.policy(
          bound.placeOf("s3", "tls"),
          "s3.tls",
          "data would travel to " + host + " without TLS, which no policy allows",
          "write 'tls: true', or name the host in policies.allowPlainHttp of the Project");
    }
  }

  private void checkPrefix(Bound<StorageDocument> bound, S3 s3) {
    if (s3.prefix().filter(prefix -> !prefix.matches("[A-Za-z0-9!_.*'()/-]{1,400}")).isPresent()) {
      findings.error(
          bound.placeOf("s3", "prefix"),
          "s3.prefix",
          "the prefix has characters that keys should not have, or more than 400",
          "use letters, digits and !_.*'()/- only");
    }
  }

  private static boolean isPlain(String endpoint) {
    return PLAIN.equals(URI.create(endpoint).getScheme());
  }

  /// A host with `*` for any letters.
  private static Pattern hosts(String pattern) {
    var quoted =
        List.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1)).stream()
            .map(Pattern::quote)
            .toList();
    return Pattern.compile(String.join(".*", quoted));
  }
}
