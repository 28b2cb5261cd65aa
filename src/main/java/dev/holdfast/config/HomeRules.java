package dev.holdfast.config;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Copy;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Project;
import dev.holdfast.model.declared.Project.ImmutableCopy;
import dev.holdfast.model.declared.Project.Severity;
import dev.holdfast.model.declared.Project.ThreeTwoOne;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.Storage.MediaClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Proves, from the declarations alone, how safe each source's backups will be: how many homes they
/// have, on how many kinds of media, how many elsewhere, how many that nobody can empty; and holds
/// it against `policies.threeTwoOne` and `policies.immutableCopy`.
final class HomeRules {
  private static final String THREE = "policies.threeTwoOne";
  private static final String IMMUTABLE = "policies.immutableCopy";

  private final Declarations declarations;
  private final Optional<Bound<ProjectDocument>> project;
  private final Optional<ThreeTwoOne> threeTwoOne;
  private final Optional<ImmutableCopy> immutable;
  private final Findings findings;

  HomeRules(
      Declarations declarations, Optional<Bound<ProjectDocument>> project, Findings findings) {
    this.declarations = declarations;
    this.project = project;
    this.findings = findings;
    var policies = declarations.project().settings().policies();
    this.threeTwoOne =
        policies
            .flatMap(Project.Policies::threeTwoOne)
            .filter(rule -> rule.level() != Severity.OFF);
    this.immutable =
        policies
            .flatMap(Project.Policies::immutableCopy)
            .filter(rule -> rule.level() != Severity.OFF);
  }

  /// Says what is missing.
  ///
  /// @return the proof of each source, by `Source/NAME`; empty without a policy
  Map<String, List<Explanation.Entry>> check() {
    var proofs = new LinkedHashMap<String, List<Explanation.Entry>>();
    for (var source : declarations.sources().values()) {
      var sets = declarations.sets().values().stream().filter(set -> holds(set, source)).toList();
      if (!sets.isEmpty()) {
        var homes = Homes.of(sets);
        threeTwoOne.ifPresent(rule -> check(rule, source, homes));
        immutable.ifPresent(rule -> check(rule, source, homes));
        proofs.put("Source/" + source.name(), proof(homes));
      }
    }
    threeTwoOne.ifPresent(_ -> declarations.sets().values().forEach(this::checkAge));
    return proofs;
  }

  private static boolean holds(BackupSet set, Source source) {
    return set.source(source.name()).isPresent();
  }

  private void check(ThreeTwoOne rule, Source source, Homes homes) {
    int copies = homes.copies(rule.countOriginal());
    if (copies < rule.copies()) {
      breach(
          rule.level(),
          source,
          "%d of %d copies: %s".formatted(copies, rule.copies(), homes.names(rule.countOriginal())),
          "add a storage to 'copies' of set " + homes.sets());
    }
    var media = homes.media(rule.countOriginal());
    if (media.size() < rule.mediaClasses()) {
      breach(
          rule.level(),
          source,
          "%d of %d kinds of media: %s".formatted(media.size(), rule.mediaClasses(), words(media)),
          "copy set " + homes.sets() + " to storage of another kind, or declare its mediaClass");
    }
    var elsewhere = homes.elsewhere();
    if (elsewhere.size() < rule.offsite()) {
      breach(
          rule.level(),
          source,
          "%d of %d copies elsewhere%s"
              .formatted(elsewhere.size(), rule.offsite(), listed(elsewhere)),
          "copy set "
              + homes.sets()
              + " to a storage at another site; 'site' of a Storage says where it is");
    }
  }

  private void check(ImmutableCopy rule, Source source, Homes homes) {
    var locked = homes.immutable();
    if (locked.size() < rule.min()) {
      breach(
          rule.level(),
          source,
          "%d of %d copies that nobody can delete%s"
              .formatted(locked.size(), rule.min(), listed(locked)),
          "copy set "
              + homes.sets()
              + " to a bucket with objectLock: { mode: compliance }, for all of its retention");
    }
  }

  private void breach(Severity level, Source source, String has, String hint) {
    var message = "source '" + source.name() + "' has " + has;
    var place = source.about().place();
    switch (level) {
      case ERROR -> findings.unmet(place, "policies", message, hint);
      case WARN -> findings.warning(place, "policies", message, hint);
      case OFF -> {
        // nobody asked
      }
    }
  }

  /// Homes that hold no incrementals count, and what is restored from them is older.
  private void checkAge(BackupSet set) {
    var elsewhere = Homes.of(List.of(set)).elsewhere();
    if (elsewhere.isEmpty() || elsewhere.contains(set.storage().name())) {
      return;
    }
    var partial =
        elsewhere.stream()
            .flatMap(name -> set.copyTo(name).stream())
            .filter(copy -> copy.terms().select() != Copy.Selection.ALL)
            .toList();
    if (partial.size() == elsewhere.size()) {
      findings.warning(
          set.about().place(),
          "copies",
          "what set %s has elsewhere (%s) holds fulls only, so it is up to %d days old"
              .formatted(set.name(), String.join(", ", elsewhere), set.media().cycleDays()),
          "copy with 'select: all', or make fulls more often with media.cycleDays");
    }
  }

  private List<Explanation.Entry> proof(Homes homes) {
    var entries = new ArrayList<Explanation.Entry>();
    threeTwoOne.ifPresent(
        rule -> {
          var origin = origin("threeTwoOne");
          boolean original = rule.countOriginal();
          entries.add(
              entry(
                  THREE + ".copies",
                  of(homes.copies(original), rule.copies(), homes.names(original)),
                  origin));
          var media = homes.media(original);
          entries.add(
              entry(
                  THREE + ".mediaClasses",
                  of(media.size(), rule.mediaClasses(), words(media)),
                  origin));
          var elsewhere = homes.elsewhere();
          entries.add(
              entry(
                  THREE + ".offsite",
                  of(elsewhere.size(), rule.offsite(), String.join(", ", elsewhere)),
                  origin));
        });
    immutable.ifPresent(
        rule ->
            entries.add(
                entry(
                    IMMUTABLE + ".min",
                    of(homes.immutable().size(), rule.min(), String.join(", ", homes.immutable())),
                    origin("immutableCopy"))));
    return entries;
  }

  private String origin(String policy) {
    return project.map(bound -> bound.placeOf("policies", policy).toString()).orElse("default");
  }

  private static Explanation.Entry entry(String path, String value, String origin) {
    return new Explanation.Entry(path, value, "proved for " + origin);
  }

  private static String of(long has, int wanted, String which) {
    return "%d of %d%s".formatted(has, wanted, which.isEmpty() ? "" : ": " + which);
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "" : ": " + String.join(", ", names);
  }

  private static String words(Set<MediaClass> media) {
    return media.stream().map(Scalars::spelling).collect(Collectors.joining(", "));
  }
}
