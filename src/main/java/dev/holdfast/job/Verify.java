package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.image.Damage;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.StoredFile;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.ImageRef;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunEvents;
import dev.holdfast.report.Span;
import dev.holdfast.report.VerifyReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Conducts a verify: reads every byte of every file of the images, needs no key, changes nothing.
public final class Verify {
  private final SetReader reader;
  private final RunEvents events;
  private final List<VerifyReport.Verified> verified = new ArrayList<>();
  private final List<VerifyReport.Damage> damage = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<ImageId, Manifest> onMedia = new HashMap<>();
  private boolean booksDamaged;

  private Verify(SetReader reader, RunEvents events) {
    this.reader = reader;
    this.events = events;
  }

  /// Verifies what a set has, or one image of it by the beginning of its id, or one volume.
  ///
  /// @param subject the set's name, an image or a label
  public static VerifyReport run(
      Declarations declarations, BackupSet set, String subject, Clock clock, RunEvents events)
      throws IOException, InterruptedException {
    var began = Instant.now(clock);
    try (var reader = SetReader.open(declarations, set)) {
      return run(reader, subject, clock, began, events);
    }
  }

  static VerifyReport run(
      SetReader reader, String subject, Clock clock, Instant began, RunEvents events)
      throws IOException {
    var verify = new Verify(reader, events);
    verify.verify(subject);
    verify.remember(Instant.now(clock));
    return new VerifyReport(
        subject,
        verify.exit(),
        new Span(began, Instant.now(clock)),
        verify.verified,
        verify.damage,
        verify.problems);
  }

  /// True when the set has an image or a volume of that name.
  public static boolean knows(Declarations declarations, BackupSet set, String subject)
      throws IOException, InterruptedException {
    if (!Catalog.exists(SetState.of(declarations.state(), set.name()).catalog())) {
      return false;
    }
    try (var reader = SetReader.open(declarations, set)) {
      return reader.catalog().images().volumes().stream()
              .anyMatch(volume -> volume.label().value().equals(subject))
          || !reader.catalog().images().matching(subject).isEmpty();
    }
  }

  private void verify(String subject) throws IOException {
    events.tell(new RunEvent.PhaseBegan(RunEvent.Phase.VERIFY));
    var labels = reader.catalog().images().volumes().stream().map(row -> row.label()).toList();
    if (subject.equalsIgnoreCase(reader.set().name().value())) {
      labels.forEach(this::readManifests);
      verifyAll(reader.images());
    } else if (labels.stream().anyMatch(label -> label.value().equals(subject))) {
      var label = new Label(subject);
      readManifests(label);
      verifyAll(reader.images().stream().filter(row -> isOn(row, label)).toList());
    } else {
      var row = reader.image(subject);
      Writing.labels(row.manifest().orElseThrow()).forEach(this::readManifests);
      verifyAll(List.of(row));
    }
  }

  /// Retention asks for a newer full that was verified, and counts no image that is damaged.
  private void remember(Instant at) {
    if (reader.catalog().isServed()) {
      events.tell(
          new RunEvent.Note(
              "a run has the catalog open, so it does not learn what this verify found; verify"
                  + " again after it where retention asks for a verified full"));
      return;
    }
    var lifetimes = reader.catalog().lifetimes();
    for (var one : verified) {
      switch (one.verdict()) {
        case WHOLE -> lifetimes.verified(one.image().image(), at);
        case DAMAGED -> lifetimes.damaged(one.image().image(), at);
        case UNREAD -> {
          // says nothing about its bytes
        }
      }
    }
  }

  private static boolean isOn(ImageRow row, Label label) {
    return row.manifest().map(Writing::labels).orElse(List.of()).contains(label);
  }

  private void readManifests(Label label) {
    try {
      var volumes = reader.sources().storage().reader();
      volumes.label(label);
      volumes.files(label).stream()
          .filter(file -> file.kind() == FileKind.TOC)
          .forEach(file -> volumes.fault(file).ifPresent(what -> damagedBook(label, file, what)));
      for (var found : reader.sources().storage().reader().manifests(label)) {
        switch (found) {
          case FoundManifest.Whole(_, var manifest) -> onMedia.put(manifest.image(), manifest);
          case FoundManifest.Damaged(var place, var image, var reason) ->
              reader
                  .catalog()
                  .images()
                  .find(image)
                  .flatMap(ImageRow::manifest)
                  .ifPresent(
                      manifest ->
                          add(
                              new Damage(
                                  image,
                                  "manifest",
                                  "volume " + place.volume() + " file " + place.number(),
                                  reason),
                              SetReader.ref(manifest)));
        }
      }
    } catch (IOException unreadable) {
      problems.add(
          new Problem(
              "volume " + label,
              "cannot be read: " + Reason.of(unreadable),
              "see that the storage is mounted and whole, then verify again"));
    }
  }

  /// Labels and tables of contents belong to no image; what they tell stands in the manifests too.
  private void damagedBook(Label label, StoredFile file, String what) {
    problems.add(
        new Problem(
            "volume " + label + " file " + file.number(),
            "damaged: " + file.kind() + " " + what,
            "no image is lost by it; copy the volume before more of it goes"));
    booksDamaged = true;
  }

  private void verifyAll(List<ImageRow> rows) throws IOException {
    for (var row : rows) {
      verifyOne(row);
    }
  }

  private void verifyOne(ImageRow row) throws IOException {
    var manifest = row.manifest().orElseThrow();
    var ref = SetReader.ref(manifest);
    int before = damage.size();
    boolean stored = row.state() == ImageState.STORED;
    if (stored && !manifest.equals(onMedia.get(manifest.image()))) {
      add(
          new Damage(
              manifest.image(),
              "manifest",
              "storage " + reader.sources().storage().name(),
              "is missing on media, or differs from the catalog's"),
          ref);
    }
    long bytes = 0;
    boolean unread = false;
    var files = reader.sources().stored(manifest, stored);
    for (var entry : manifest.files()) {
      try {
        files.check(entry).ifPresent(found -> add(found, ref));
        bytes += entry.file().length();
        events.tell(
            new RunEvent.Reading(
                "image " + manifest.image(), bytes, manifest.stream().storedBytes()));
      } catch (IOException absent) {
        unread = true;
        add(files.missing(entry, absent), ref);
      }
    }
    var verdict =
        damage.size() == before
            ? VerifyReport.Verdict.WHOLE
            : unread ? VerifyReport.Verdict.UNREAD : VerifyReport.Verdict.DAMAGED;
    verified.add(new VerifyReport.Verified(ref, verdict, bytes, manifest.files().size() + 1));
  }

  private void add(Damage found, ImageRef ref) {
    damage.add(
        new VerifyReport.Damage(
            ref,
            found.file(),
            found.place(),
            found.what(),
            "image " + ref.image() + " and every later image that builds on it"));
  }

  private ExitCode exit() {
    if (!damage.isEmpty() || booksDamaged) {
      return ExitCode.DAMAGED;
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.TEMPFAIL;
  }
}
