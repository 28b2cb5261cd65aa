package dev.holdfast.model.declared;

import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sets that run together, started by a schedule or by name.
///
/// @param sets in declared order
/// @param unavailable what a run must refuse because its function comes with a later release
public record Job(
    String name, About about, List<SetName> sets, Conduct conduct, List<Problem> unavailable) {

  public Job {
    sets = List.copyOf(sets);
    unavailable = List.copyOf(unavailable);
  }

  public record Conduct(
      @Key("what starts it") Optional<Trigger> trigger,
      @Key("what it does; nothing named = a whole run")
          @Later(
              except = {
                "flush",
                "estimate",
                "dump",
                "write",
                "copy",
                "prune",
                "catalogBackup",
                "report"
              })
          List<Step> steps,
      @Key(value = "when the last run still works", initially = "skip") @Later Overlap overlap,
      @Key("when the storage is away") @Later Optional<Retry> retry,
      @Key("files about the run") @Later Optional<Report> report,
      @Key("a watch dog that is told") @Later Optional<Ping> ping,
      @Key("triggers that can be rendered") List<Trigger.Form> render,
      @Key("for the step verify") @Later Optional<Verify> verify) {
    public Conduct {
      steps = List.copyOf(steps);
      render = List.copyOf(render);
    }

    /// The steps that a run of this job has.
    public Steps does() {
      return new Steps(Set.copyOf(steps));
    }
  }

  public record Trigger(
      @Key(value = "a Schedule", text = TextRule.NAME) Optional<String> schedule) {
    public enum Form {
      SYSTEMD,
      CRON,
      GITHUB,
      GITLAB
    }
  }

  public enum Step {
    FLUSH,
    ESTIMATE,
    DUMP,
    WRITE,
    COPY,
    PRUNE,
    CATALOG_BACKUP,
    REPORT,
    VERIFY,
    DRIFT,
    COVERAGE,
    MEDIA_FORECAST
  }

  public enum Overlap {
    SKIP,
    QUEUE,
    REPLACE
  }

  public record Retry(@Key("an unreachable storage") Optional<Outage> storageOutage) {}

  public record Outage(
      @Key(value = "keep images in staging", initially = "true") boolean keepInStaging,
      @Key(value = "from the first pause to the longest", text = TextRule.BACKOFF)
          Optional<String> backoff,
      @Key(value = "then give up", min = 1) Optional<Duration> giveUpAfter) {}

  public record Report(
      @Key(value = "an HTML page", initially = "false") boolean html,
      @Key(value = "a JUnit file", initially = "false") boolean junit,
      @Key(value = "metrics for Prometheus", initially = "false") boolean metricsTextfile) {}

  public record Ping(
      @Key("the address") Secret url,
      @Key(value = "at the start", initially = "false") boolean start,
      @Key(value = "at the end", initially = "true") boolean finish) {}

  public record Verify(
      @Key(value = "how long it may read", min = 1) Optional<Duration> budget,
      @Key(value = "what is read first", initially = "leastRecentlyVerified") Order order) {}

  public enum Order {
    LEAST_RECENTLY_VERIFIED,
    RANDOM
  }
}
