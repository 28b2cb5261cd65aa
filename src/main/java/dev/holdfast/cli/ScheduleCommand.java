package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import picocli.CommandLine.Command;

/// What schedules say and what starts them.
@Command(
    name = "schedule",
    description = "Shows when sets run, and makes the timers that start them.",
    subcommands = {
      ScheduleNextCommand.class,
      ScheduleCalendarCommand.class,
      ScheduleRenderCommand.class,
      ScheduleDiffCommand.class,
    },
    footer = {
      "  holdfast schedule next HighRateServers --count 5",
      "  holdfast schedule calendar --month 2026-12",
      "  holdfast schedule render systemd --out /etc/systemd/system",
      "  holdfast schedule diff systemd",
    })
final class ScheduleCommand implements Verb {

  @Override
  public ExitCode run(Session session) {
    throw Refusal.usage(
        "'holdfast schedule' needs next, calendar, render or diff",
        "see 'holdfast schedule --help'");
  }
}
