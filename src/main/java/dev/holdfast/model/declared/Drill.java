package dev.holdfast.model.declared;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A rehearsal of a restore; run by a later release.
public record Drill(String name, About about, Rehearsal rehearsal) {

  public record Rehearsal(
      @Key("what starts it") Optional<Job.Trigger> trigger,
      @Key(value = "a Source", text = TextRule.NAME) Optional<String> source,
      @Key(value = "or a BackupSet", text = TextRule.SET_NAME) Optional<String> set,
      @Key("what is restored") Optional<Pick> pick,
      @Key("where to") Optional<Into> into,
      @Key(value = "what must hold", name = "assert") List<Check> checks) {

    public Rehearsal {
      checks = List.copyOf(checks);
    }
  }

  public record Pick(
      @Key(value = "latest, or an instant", text = TextRule.SENTENCE) Optional<String> at,
      @Key(value = "a Storage", text = TextRule.NAME) Optional<String> from,
      @Key(value = "this many files by chance", min = 1, max = 1000000)
          Optional<Integer> sampleFiles,
      @Key("which volumes first") Optional<Media> preferMedia) {}

  public enum Media {
    LEAST_RECENTLY_READ,
    ANY
  }

  public record Into(
      @Key("a container") Optional<Container> container,
      @Key(value = "an empty folder", initially = "false") boolean scratch) {}

  public record Container(
      @Key(value = "its image", text = TextRule.SENTENCE) String image,
      @Key(value = "its network", initially = "none") Network network) {}

  public enum Network {
    NONE,
    HOST
  }

  public record Check(
      @Key(value = "age of the newest image at most", min = 1) Optional<Duration> rpo,
      @Key(value = "the restore takes at most", min = 1) Optional<Duration> rto,
      @Key(value = "a query", text = TextRule.SENTENCE) Optional<String> sql,
      @Key("its result is at least") Optional<Long> atLeast,
      @Key(value = "its result is at most this old", min = 1) Optional<Duration> notOlderThan,
      @Key("share of the objects restored") Optional<Threshold.Percent> restored,
      @Key("checksums agree") Optional<Checksums> checksums) {}

  public enum Checksums {
    MATCH
  }
}
