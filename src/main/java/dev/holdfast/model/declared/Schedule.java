package dev.holdfast.model.declared;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// When sets run by themselves.
public record Schedule(String name, About about, Timing timing) {

  public record Timing(
      @Key(value = "auto balances fulls over the cycle", initially = "auto") Mode mode,
      @Key(value = "for mode cron: five fields", text = TextRule.CRON) Optional<String> cron,
      @Key(value = "highest incremental level", initially = "9", min = 0, max = 9) int maxLevel,
      @Key("time zone; else the Project's") Optional<ZoneId> timezone,
      @Key("when runs may work") List<Window> windows,
      @Key(value = "what the end of a window does", initially = "stop") OnWindowEnd onWindowEnd,
      @Key("what a missed start means") Missed missed,
      @Key("spreads starts, stable for each set") Optional<Duration> spread,
      @Key("days without runs") List<Blackout> blackouts) {

    public Timing {
      windows = List.copyOf(windows);
      blackouts = List.copyOf(blackouts);
    }
  }

  public record Window(
      @Key("on these days") Days days,
      @Key("start") LocalTime from,
      @Key("end, on the next day when earlier than the start") LocalTime to) {}

  public record Missed(
      @Key(value = "run later", initially = "true") boolean catchUp,
      @Key(value = "but not later than this", min = 1) Optional<Duration> within) {}

  public record Blackout(
      @Key("first day") LocalDate from,
      @Key("last day") LocalDate to,
      @Key(value = "why", text = TextRule.LINE) Optional<String> reason) {}

  public enum Mode {
    AUTO,
    CRON,
    MANUAL
  }

  public enum OnWindowEnd {
    STOP,
    FINISH_CURRENT
  }
}
