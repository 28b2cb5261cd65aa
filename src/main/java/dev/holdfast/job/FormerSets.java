package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.RetirementRow;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sets that have images and are declared no more. Whatever the reason, nothing of them is touched
/// until `retire` says so, and declaring one again finds its data.
public record FormerSets(Declarations declarations) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// One of them.
  ///
  /// @param sources that it has images of
  /// @param declared what the Project says of its end
  /// @param retirement what `retire` recorded
  public record Former(
      SetName set,
      List<SourceName> sources,
      long images,
      long bytes,
      Optional<Project.Retire> declared,
      Optional<RetirementRow> retirement) {

    public Former {
      sources = List.copyOf(sources);
    }

    /// Nobody said that it should go: perhaps a file was lost.
    public boolean unexplained() {
      return declared.isEmpty() && retirement.isEmpty();
    }
  }

  /// By name, those that have images.
  public List<Former> list() throws IOException, InterruptedException {
    var folder = declarations.state().resolve("sets");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var found = new ArrayList<Former>();
    try (var folders = Files.list(folder)) {
      for (var set : folders.sorted().toList()) {
        var name = String.valueOf(set.getFileName());
        boolean former = declarations.set(name).isEmpty() && isName(name);
        if (former && Catalog.exists(new SetState(set).catalog())) {
          found.add(former(new SetName(name)));
        }
      }
    }
    return found.stream().filter(former -> former.images() > 0).toList();
  }

  /// What the Project says of a set's end.
  public Optional<Project.Retire> declared(SetName set) {
    return declarations.project().settings().retire().stream()
        .filter(retire -> retire.set().equalsIgnoreCase(set.value()))
        .findFirst();
  }

  private Former former(SetName set) throws IOException, InterruptedException {
    var state = SetState.of(declarations.state(), set);
    try (var catalog = Catalog.openToRead(state.catalog(), PATIENCE)) {
      var images = catalog.images().list().stream().filter(ImageRow::exists).toList();
      return new Former(
          set,
          images.stream().map(row -> row.planned().source().source()).distinct().sorted().toList(),
          images.size(),
          images.stream()
              .flatMap(row -> row.manifest().stream())
              .mapToLong(manifest -> manifest.stream().storedBytes())
              .sum(),
          declared(set),
          catalog.lifetimes().retirement());
    }
  }

  private static boolean isName(String name) {
    try {
      return new SetName(name).value().equals(name);
    } catch (IllegalArgumentException noName) {
      return false;
    }
  }
}
