package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How a run of a set goes about its work.
public record How(
    @Key(value = "which staged image is written first", initially = "first")
        MediaUtilization mediaUtilization,
    @Key(value = "dumps at once", initially = "10", min = 1, max = 255) int serverParallel,
    @Key(value = "dumps at once on one host", initially = "1", min = 1, max = 255)
        int clientParallel,
    @Key(value = "writers at once", initially = "1", min = 1, max = 64) int mediaParallel,
    @Key(
            value = "order of dumps: s/S size, t/T time, b/B bandwidth, one letter a dumper",
            initially = "BTBTBTBTBT",
            text = TextRule.ORDER)
        String backupOrder,
    @Key(value = "ports for data, where a network is used", text = TextRule.PORTS)
        Optional<String> ports,
    @Key("what all dumps together may take of the network") Network network,
    @Key(value = "what a failed source means for the others", initially = "continue")
        OnSourceFailure onSourceFailure,
    @Key("when a source goes on to the next higher level") Bump bump,
    @Key("when a run begins a volume") StartVolume startVolume,
    @Key("when to stop waiting") Timeouts timeouts,
    @Key("what looks like an attack or an accident") @Later Optional<Anomaly> anomaly) {

  /// What the network is expected to carry.
  ///
  /// @param rate a dump over the network only starts while the expected rates of all that run stay
  ///     below it; an idle network takes any dump; a running one is never slowed down
  public record Network(
      @Key(
              value =
                  "bytes a second, as a size; for sources of other hosts, without effect while only localhost is dumped",
              min = 1)
          Optional<ByteSize> rate) {}

  /// Bytes a second that the network is expected to carry; empty = no limit.
  public OptionalLong networkRate() {
    return network.rate().map(size -> OptionalLong.of(size.bytes())).orElse(OptionalLong.empty());
  }

  public record Timeouts(
      @Key(value = "for an estimate", initially = "300s", min = 1) Duration estimate,
      @Key(value = "for reaching a source", initially = "30s", min = 1) Duration verify,
      @Key(value = "without a byte of data", initially = "1800s", min = 1) Duration noData) {}

  public record Anomaly(
      @Key("share of files changed") Optional<Threshold.Percent> changedFilesOver,
      @Key("growth of the dump") Optional<Threshold.Percent> growthOver,
      @Key(value = "what happens then", initially = "warn") Action action) {}

  public enum MediaUtilization {
    FIRST,
    FIRST_FIT,
    LARGEST,
    LARGEST_FIT,
    SMALLEST,
    LAST
  }

  public enum OnSourceFailure {
    CONTINUE,
    STOP
  }

  public enum Action {
    WARN,
    HOLD
  }
}
