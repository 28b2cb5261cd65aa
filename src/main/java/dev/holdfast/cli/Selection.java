package dev.holdfast.cli;

import dev.holdfast.config.Suggestion;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Steps;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Turns the names that a person typed into what is declared. A name that is not declared is an
/// error with what was probably meant; so is a selection that comes to nothing.
final class Selection {
  private final Declarations declared;

  Selection(Declarations declared) {
    this.declared = declared;
  }

  /// The sets that these names of sets and jobs mean, each once, in their order.
  List<BackupSet> setsAndJobs(List<String> names) {
    var sets = new LinkedHashSet<BackupSet>();
    names.forEach(name -> sets.addAll(setOrJob(name)));
    return List.copyOf(sets);
  }

  /// The paused sets among them that come from a job alone: nobody asked for them by name.
  List<BackupSet> paused(List<String> names, LocalDate day) {
    return setsAndJobs(names).stream()
        .filter(set -> set.when().isPausedOn(day))
        .filter(set -> names.stream().noneMatch(set.name().value()::equalsIgnoreCase))
        .toList();
  }

  /// What a run of the set does: all for one that was named itself, else what its job says.
  Steps steps(List<String> names, BackupSet set) {
    var named = names.stream().anyMatch(set.name().value()::equalsIgnoreCase);
    var wanted =
        names.stream()
            .flatMap(name -> declared.job(name).stream())
            .filter(job -> job.sets().contains(set.name()))
            .map(job -> job.conduct().does())
            .distinct()
            .toList();
    if (named || wanted.isEmpty()) {
      return Steps.all();
    }
    if (wanted.size() > 1) {
      throw Refusal.usage(
          "set " + set.name() + " is in several of these jobs, and their steps differ",
          "run one job after the other");
    }
    return wanted.getFirst();
  }

  /// The named sets, each once; all that are declared when none is named.
  List<BackupSet> setsOrAll(List<String> names) {
    if (!names.isEmpty()) {
      return names.stream().map(this::set).distinct().toList();
    }
    if (declared.sets().isEmpty()) {
      throw Refusal.notFound("no set is declared", "declare one in backupsets/");
    }
    return List.copyOf(declared.sets().values());
  }

  BackupSet set(String name) {
    return declared
        .set(name)
        .orElseThrow(() -> unknown("set", name, names(declared.sets().keySet())));
  }

  /// Reads `SET/SOURCE`. The source may be declared no more: its images are still there.
  Member member(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      var sources = set(text).sources();
      if (sources.size() > 1) {
        throw Refusal.usage(
            "'" + text + "' has " + sources.size() + " sources",
            "name one as " + text + "/" + sources.getFirst().name());
      }
      return new Member(set(text), sources.getFirst().name());
    }
    var set = set(text.substring(0, slash));
    var wanted = text.substring(slash + 1);
    return new Member(
        set,
        set.sources().stream()
            .map(source -> source.name())
            .filter(name -> name.value().equalsIgnoreCase(wanted))
            .findFirst()
            .orElseGet(() -> former(set, wanted)));
  }

  /// A source in its set.
  record Member(BackupSet set, SourceName source) {}

  private SourceName former(BackupSet set, String wanted) {
    try {
      return new SourceName(wanted);
    } catch (IllegalArgumentException noName) {
      var known = set.sources().stream().map(source -> source.name().value()).toList();
      throw unknown("source in " + set.name(), wanted, known);
    }
  }

  /// The sources of the set that were named; empty when none was.
  Set<SourceName> sources(BackupSet set, List<String> names) {
    var found = new LinkedHashSet<SourceName>();
    for (var name : names) {
      set.sources().stream()
          .map(source -> source.name())
          .filter(source -> source.value().equalsIgnoreCase(name))
          .forEach(found::add);
    }
    return found;
  }

  /// Refuses names that are a source of none of the sets.
  void checkSources(List<BackupSet> sets, List<String> names) {
    var known =
        sets.stream()
            .flatMap(set -> set.sources().stream())
            .map(source -> source.name().value())
            .toList();
    names.stream()
        .filter(name -> known.stream().noneMatch(name::equalsIgnoreCase))
        .findFirst()
        .ifPresent(
            name -> {
              throw unknown("source of the selected sets", name, known);
            });
  }

  private List<BackupSet> setOrJob(String name) {
    var set = declared.set(name);
    var job = declared.job(name);
    if (set.isPresent() && job.isPresent()) {
      throw Refusal.usage("'" + name + "' is the name of a set and of a job", "rename one of them");
    }
    if (job.isPresent()) {
      refuseWhatIsNotAvailable(job.get().unavailable());
      return job.get().sets().stream().map(member -> set(member.value())).toList();
    }
    var known = new ArrayList<>(names(declared.sets().keySet()));
    known.addAll(declared.jobs().keySet());
    return List.of(set.orElseThrow(() -> unknown("set or job", name, known)));
  }

  /// A set that asks for what this release cannot do is refused, never run without it.
  void checkAvailable(BackupSet set) {
    refuseWhatIsNotAvailable(
        Stream.concat(declared.project().unavailable().stream(), set.unavailable().stream())
            .distinct()
            .toList());
  }

  private static void refuseWhatIsNotAvailable(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new Refusal(ExitCode.CONFIG, problems);
    }
  }

  private static Refusal unknown(String what, String name, Collection<String> known) {
    return Refusal.notFound(
        "there is no " + what + " '" + name + "'", Suggestion.among(name, known, "declared"));
  }

  private static List<String> names(Collection<SetName> sets) {
    return sets.stream().map(SetName::value).toList();
  }
}
