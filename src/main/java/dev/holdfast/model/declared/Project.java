package dev.holdfast.model.declared;

import dev.holdfast.model.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What holds for the whole repository.
///
/// @param state where state is kept when neither option nor environment says; absolute
/// @param unavailable what every run must refuse because its function comes with a later release
public record Project(
    String name, About about, Settings settings, Optional<Path> state, List<Problem> unavailable) {

  public Project {
    unavailable = List.copyOf(unavailable);
  }

  public record Settings(
      @Key("programs this repository needs") @Later Optional<Requires> requires,
      @Key(value = "time zone of schedules and reports", initially = "UTC") ZoneId timezone,
      @Key("values for ${var.name}") Map<String, Variable> vars,
      @Key("providers of secrets, never values") Optional<Providers> secrets,
      @Key("keys for encryption") Map<String, EncryptionKey> keys,
      @Key("rules that every set must keep") Optional<Policies> policies,
      @Key("sets whose life has ended") List<Retire> retire,
      @Key("how mail is sent") Optional<Mail> mail) {

    public Settings {
      vars = Map.copyOf(vars);
      keys = Map.copyOf(keys);
      retire = List.copyOf(retire);
    }
  }

  public record Requires(
      @Key(value = "versions of Holdfast", text = TextRule.VERSIONS) Optional<String> holdfast) {}

  public record Variable(
      @Key(value = "what it holds", initially = "text") Type type,
      @Key(value = "its value", text = TextRule.LINE) String value) {}

  public enum Type {
    TEXT,
    EMAIL,
    PATH,
    HOST,
    SIZE,
    DURATION
  }

  public record Providers(@Key("Mozilla sops") Optional<Sops> sops) {}

  public record Sops(
      @Key(value = "its file in the repository", text = TextRule.SENTENCE) String file) {}

  public record EncryptionKey(
      @Key("the key") Secret.Ref secretRef, @Key("how it survives") Optional<Escrow> escrow) {}

  public record Escrow(
      @Key(value = "a copy on paper", initially = "required") Paper paper,
      @Key(value = "how often it is tried", initially = "180", min = 1, max = 3650)
          int checkedEveryDays) {}

  public enum Paper {
    REQUIRED,
    OPTIONAL
  }

  public enum Severity {
    OFF,
    WARN,
    ERROR
  }

  public record Policies(
      @Key("three copies, two media, one elsewhere") Optional<ThreeTwoOne> threeTwoOne,
      @Key("copies that nobody can delete") Optional<ImmutableCopy> immutableCopy,
      @Key("how old the newest image may be, for status --check") Optional<Rpo> rpo,
      @Key("which hooks may run") @Later Optional<HookRules> hooks,
      @Key("brakes for pruning") Optional<PruneRules> prune,
      @Key("which commits may run") @Later Optional<SourceRules> source,
      @Key(value = "hosts that S3 may be spoken to without TLS", text = TextRule.PATTERN)
          List<String> allowPlainHttp) {

    public Policies {
      allowPlainHttp = List.copyOf(allowPlainHttp);
    }
  }

  public record ThreeTwoOne(
      @Key(value = "what a breach means", initially = "error") Severity level,
      @Key(value = "copies", initially = "3", min = 1, max = 100) int copies,
      @Key(value = "kinds of media", initially = "2", min = 1, max = 100) int mediaClasses,
      @Key(value = "copies elsewhere", initially = "1", max = 100) int offsite,
      @Key(value = "the original counts, as one on disk", initially = "true")
          boolean countOriginal) {}

  public record ImmutableCopy(
      @Key(value = "what a breach means", initially = "warn") Severity level,
      @Key(value = "copies", initially = "1", min = 1, max = 100) int min) {}

  public record Rpo(
      @Key(value = "what a breach means", initially = "error") Severity level,
      @Key(value = "for every set", name = "default", min = 1) Optional<Duration> general,
      @Key("for sources with a label: value") Map<String, Duration> byLabel) {

    public Rpo {
      byLabel = Map.copyOf(byLabel);
    }
  }

  public record HookRules(
      @Key(value = "programs, as patterns", text = TextRule.PATTERN) List<String> allow,
      @Key(value = "who decides", text = TextRule.NAME) Optional<String> owner) {

    public HookRules {
      allow = List.copyOf(allow);
    }
  }

  public record PruneRules(
      @Key(value = "largest share that may go at once", initially = "30", max = 100)
          int maxDropPercent,
      @Key(value = "a newer full was verified", initially = "true")
          boolean requireVerifiedNewerFull,
      @Key(value = "longest time between two runs that is believed", initially = "45d", min = 1)
          Duration maxClockJump) {}

  public record SourceRules(
      @Key(value = "no local changes", initially = "false") boolean requireClean,
      @Key(value = "signers", text = TextRule.SENTENCE) List<String> requireSignedBy) {

    public SourceRules {
      requireSignedBy = List.copyOf(requireSignedBy);
    }
  }

  public record Retire(
      @Key(value = "a former set", text = TextRule.SET_NAME) String set,
      @Key(value = "what happens to its images", initially = "retain") Data data,
      @Key(value = "why", text = TextRule.SENTENCE) Optional<String> reason,
      @Key("first day a purge is allowed") Optional<LocalDate> purgeNotBefore) {}

  public enum Data {
    RETAIN,
    PURGE
  }

  public record Mail(
      @Key(value = "the mail server", text = TextRule.HOST) String host,
      @Key(value = "its port", initially = "587", min = 1, max = 65535) int port,
      @Key(value = "the sender", text = TextRule.EMAIL) String from,
      @Key(value = "the login name", text = TextRule.SENTENCE) Optional<String> user,
      @Key("its password") Optional<Secret> password,
      @Key(value = "speak TLS", initially = "true") boolean tls) {}
}
