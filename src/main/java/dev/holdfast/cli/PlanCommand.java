package dev.holdfast.cli;

import dev.holdfast.job.Orders;
import dev.holdfast.job.Preview;
import dev.holdfast.job.Rehearsal;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.ForecastPage;
import dev.holdfast.report.Listing;
import dev.holdfast.report.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what a run would do, what many runs would come to, and orders what the next one must do.
@Command(
    name = "plan",
    description = {
      "Shows what a run would dump now, with the reason for each decision. Nothing is dumped:"
          + " sizes are those of earlier images, else what the file systems hold.",
      "'plan force SET/SOURCE full|level1|bump|noBump|none' orders what the source's next dump is;"
          + " none takes it back.",
      "--base REV shows what an edit means: which restore points go earlier, when, how many bytes.",
    },
    footer = {
      "  holdfast plan HighRateServers",
      "  holdfast plan --base origin/main --detailed-exitcode --markdown comment.md",
      "  holdfast plan force HighRateServers/ServerFiles full",
      "  holdfast plan HighRateServers --simulate 365d --growth 1%/month --html forecast.html",
    })
final class PlanCommand implements Verb {
  private static final Map<String, Optional<OneShot>> ORDERS =
      Map.of(
          "full", Optional.of(OneShot.FULL),
          "level1", Optional.of(OneShot.LEVEL1),
          "bump", Optional.of(OneShot.BUMP),
          "noBump", Optional.of(OneShot.NO_BUMP),
          "none", Optional.empty());

  @Parameters(paramLabel = "SET|JOB", description = "what to plan; all sets when none is named")
  private List<String> words = List.of();

  @Option(
      names = "--simulate",
      paramLabel = "TIME",
      description = "replay so many days to come, as 365d")
  private Optional<Duration> simulate = Optional.empty();

  @Option(
      names = "--growth",
      paramLabel = "SHARE",
      defaultValue = "0%/month",
      description = "growth of all sources, as 1%%/month (default: none)")
  private String growth = "0%/month";

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "full of a source without images (default: what its file systems hold)")
  private Optional<String> size = Optional.empty();

  @Option(
      names = "--change",
      paramLabel = "SHARE",
      defaultValue = "3%",
      description = "change a day of a source without incrementals (default: 3%%)")
  private String change = "3%";

  @Option(names = "--html", paramLabel = "FILE", description = "also draw the simulation here")
  private Optional<Path> html = Optional.empty();

  @Mixin private PlanChanges changes = new PlanChanges();

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarations();
    changes.checkWords();
    if (changes.isOfEdit()) {
      return changes.edit(session, declared);
    }
    if (words.size() == 3 && words.getFirst().equals("force")) {
      return force(session, declared);
    }
    var selection = new Selection(declared);
    var sets =
        words.isEmpty() ? List.copyOf(declared.sets().values()) : selection.setsAndJobs(words);
    sets.forEach(selection::checkAvailable);
    if (simulate.isPresent()) {
      return simulate(session, declared, one(sets));
    }
    if (html.isPresent()) {
      throw Refusal.usage("--html draws a simulation", "add --simulate 365d");
    }
    return plan(session, declared, sets);
  }

  private ExitCode plan(Session session, Declarations declared, List<BackupSet> sets)
      throws Exception {
    var rows = new ArrayList<Row>();
    for (var set : new Refilling(session, declared).attempted(sets)) {
      var preview = new Preview(declared, set, session.clock());
      rows.addAll(PlanRows.of(set, preview.plan()));
      preview.notes().forEach(note -> session.screen().err(set.name() + ": " + note + "\n"));
    }
    if (words.isEmpty()) {
      rows.addAll(PlanChanges.former(declared));
    }
    var exit = session.show(Listing.of("plan", rows));
    return exit == ExitCode.OK ? changes.drift(session, declared, sets, words.isEmpty()) : exit;
  }

  private ExitCode force(Session session, Declarations declared) throws Exception {
    var member = new Selection(declared).member(words.get(1));
    if (member.set().source(member.source()).isEmpty()) {
      throw Refusal.notFound(
          "set " + member.set().name() + " has no source '" + member.source() + "'",
          "'holdfast list sources " + member.set().name() + "' shows them");
    }
    var wanted = ORDERS.get(words.get(2));
    if (wanted == null) {
      throw Refusal.usage(
          "'" + words.get(2) + "' cannot be ordered", "full, level1, bump, noBump or none");
    }
    new Orders(declared, new Refilling(session, declared).attempted(member.set()), session::note)
        .order(member.source(), wanted, session.clock(), session.settings().lockWait());
    return session.show(
        Listing.of(
            "orders",
            List.of(
                new Row.OrderRow(
                    new SourceKey(member.set().name(), member.source()),
                    wanted.isPresent() ? words.get(2) : ""))));
  }

  private ExitCode simulate(Session session, Declarations declared, BackupSet set)
      throws Exception {
    new Refilling(session, declared).attempted(set);
    var forecast = new Rehearsal(declared, set, assumptions()).simulate(session.clock());
    var report = PlanRows.report(set.name(), forecast);
    if (html.isPresent()) {
      draw(html.get().toAbsolutePath(), ForecastPage.render(report));
    }
    return session.show(report);
  }

  /// Never half a page under the name that was given.
  static void draw(Path target, String page) throws IOException {
    var beside = target.resolveSibling(target.getFileName() + ".tmp");
    Files.writeString(beside, page);
    Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private Rehearsal.Assumptions assumptions() {
    long days = simulate.orElseThrow().toDays();
    if (days < 1 || days > Shares.MOST_DAYS) {
      throw Refusal.usage("--simulate takes 1d to " + Shares.MOST_DAYS + "d", "as --simulate 365d");
    }
    return new Rehearsal.Assumptions(
        (int) days,
        Shares.growth(growth),
        size.map(
            text ->
                ByteSize.parse(text)
                    .orElseThrow(() -> Refusal.usage("'" + text + "' is not a size", "as 500GB"))),
        Shares.share(change));
  }

  private static BackupSet one(List<BackupSet> sets) {
    if (sets.size() != 1) {
      throw Refusal.usage(
          "a simulation is of one set, not of " + sets.size(),
          "name it: holdfast plan SET --simulate 365d");
    }
    return sets.getFirst();
  }
}
