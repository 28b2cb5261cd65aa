package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.Damage;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.MissingFileException;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.MediaStorage;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Conducts a verify: reads every byte of every file of the images, needs no key, changes nothing.
public final class Verify {
  private final SetReader reader;
  private final RunEvents events;
  private final List<VerifyReport.Verified> verified = new ArrayList<>();
  private final List<VerifyReport.Damage> damage = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Kept, Manifest> onMedia = new HashMap<>();
  private final Map<Kept, Damage> broken = new HashMap<>();
  private final Map<String, Boolean> away = new HashMap<>();
  private boolean booksDamaged;

  /// An image on one storage.
  private record Kept(String storage, ImageId image) {}

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
    var state = SetState.of(declarations.state(), set.name());
    try (var _ = Readers.of(state).announce();
        var reader = SetReader.open(declarations, set)) {
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
      return reader.catalog().inventory().volumes().stream()
              .anyMatch(volume -> volume.label().value().equals(subject))
          || !reader.catalog().images().matching(subject).isEmpty();
    }
  }

  private void verify(String subject) throws IOException {
    events.tell(new RunEvent.PhaseBegan(RunEvent.Phase.VERIFY));
    var volumes = reader.catalog().inventory().volumes();
    if (subject.equalsIgnoreCase(reader.set().name().value())) {
      volumes.forEach(this::readManifests);
      verifyAll(reader.images(), _ -> true);
      return;
    }
    var volume = volumes.stream().filter(row -> row.label().value().equals(subject)).findFirst();
    if (volume.isPresent()) {
      readManifests(volume.get());
      verifyAll(reader.images(), home -> isOn(home, volume.get()));
    } else {
      var row = reader.image(subject);
      var on = homes(row).stream().flatMap(home -> labels(home).stream()).toList();
      volumes.stream().filter(one -> on.contains(one.label())).forEach(this::readManifests);
      verifyAll(List.of(row), _ -> true);
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
    for (var one : verified) {
      switch (one.verdict()) {
        case WHOLE -> whole(one, at);
        case DAMAGED -> damaged(one, at);
        case UNREAD -> {
          // says nothing about its bytes
        }
      }
    }
  }

  /// Each storage is judged by what was read there; what waits in staging is judged by none.
  private void whole(VerifyReport.Verified one, Instant at) {
    var image = one.image().image();
    if (isOwn(one)) {
      reader.catalog().lifetimes().verified(image, at);
    } else {
      reader.catalog().copies().verified(image, one.storage(), at);
    }
  }

  private void damaged(VerifyReport.Verified one, Instant at) {
    var image = one.image().image();
    if (isOwn(one)) {
      reader.catalog().lifetimes().damaged(image, at);
    } else {
      reader.catalog().copies().damaged(image, one.storage(), at);
    }
  }

  private boolean isOwn(VerifyReport.Verified one) {
    return one.storage().equals(reader.sources().storage().name());
  }

  private static boolean isOn(Home home, VolumeRow volume) {
    return home.name().equals(volume.storage()) && labels(home).contains(volume.label());
  }

  private static List<Label> labels(Home home) {
    return Writing.labels(home.manifest());
  }

  /// An image that is written counts where it was written, whatever still lies in staging.
  private List<Home> homes(ImageRow row) throws IOException {
    return row.waits() ? reader.sources().homes(row) : reader.sources().onMedia(row);
  }

  private void readManifests(VolumeRow volume) {
    if (isAway(volume.storage())) {
      return;
    }
    try {
      read(volume.label(), reader.sources().declared().open(volume.storage()).orElseThrow());
    } catch (IOException unreadable) {
      problems.add(
          new Problem(
              "volume " + volume.label(),
              "cannot be read: " + Reason.of(unreadable),
              "see that the storage is mounted and whole, then verify again"));
    }
  }

  private void read(Label label, MediaStorage storage) throws IOException {
    var volumes = storage.reader();
    volumes.label(label);
    volumes.files(label).stream()
        .filter(file -> file.kind() == FileKind.TOC)
        .forEach(file -> volumes.fault(file).ifPresent(what -> damagedBook(label, file, what)));
    for (var found : volumes.manifests(label)) {
      switch (found) {
        case FoundManifest.Whole(_, var manifest) ->
            onMedia.merge(new Kept(storage.name(), manifest.image()), manifest, Manifest::numbered);
        case FoundManifest.Damaged(var place, var image, var reason) ->
            broken.put(
                new Kept(storage.name(), image),
                new Damage(
                    image,
                    "manifest",
                    "volume " + place.volume() + " file " + place.number(),
                    reason));
      }
    }
  }

  /// A further storage that is away says nothing about the bytes there; told once.
  private boolean isAway(String name) {
    return away.computeIfAbsent(name, this::isAwayNow);
  }

  private boolean isAwayNow(String name) {
    if (name.equals(reader.sources().storage().name()) || name.equals(Home.STAGING)) {
      return false;
    }
    var storage = reader.sources().declared().open(name);
    if (storage.isEmpty()) {
      problems.add(
          new Problem(
              "storage '" + name + "'",
              "is declared no more; what is there was not read",
              "declare it again, then verify again"));
      return true;
    }
    var labels = reader.catalog().inventory().labels(name);
    if (storage.get().check(labels) instanceof CheckResult.Unreachable(var problem)) {
      problems.add(
          new Problem(
              problem.place(),
              "is away; what is there was not read",
              "bring it back, then verify again"));
      return true;
    }
    return false;
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

  private void verifyAll(List<ImageRow> rows, Predicate<Home> wanted) throws IOException {
    for (var row : rows) {
      verifyOne(row, wanted);
    }
  }

  private void verifyOne(ImageRow row, Predicate<Home> wanted) throws IOException {
    var homes = homes(row);
    var found = new LinkedHashMap<Home, List<Damage>>();
    for (var home : homes.stream().filter(wanted).toList()) {
      found.put(home, isAway(home.name()) ? List.of() : read(row, home));
    }
    var whole =
        found.entrySet().stream()
            .filter(one -> one.getValue().isEmpty() && !isAway(one.getKey().name()))
            .map(one -> one.getKey().name())
            .toList();
    var unread =
        homes.stream()
            .filter(home -> !found.containsKey(home) || isAway(home.name()))
            .map(Home::name)
            .toList();
    var ref = SetReader.ref(row.manifest().orElseThrow());
    found.values().stream()
        .flatMap(List::stream)
        .forEach(one -> damage.add(told(one, ref, lost(ref, whole, unread))));
  }

  private static String lost(ImageRef ref, List<String> whole, List<String> unread) {
    if (!whole.isEmpty()) {
      return "nothing yet: image " + ref.image() + " is whole on " + String.join(", ", whole);
    }
    var lost = "image " + ref.image() + " and every later image that builds on it";
    return unread.isEmpty()
        ? lost
        : lost + ", unless " + String.join(" or ", unread) + " has it whole";
  }

  /// Everything that is wrong with the image in this home.
  private List<Damage> read(ImageRow row, Home home) {
    var manifest = home.manifest();
    var found = new ArrayList<Damage>(brokenManifest(row, home));
    long bytes = 0;
    boolean unread = false;
    var files = home.files();
    for (var entry : manifest.files()) {
      try {
        files.check(entry).ifPresent(found::add);
        bytes += entry.file().length();
        events.tell(
            new RunEvent.Reading(
                "image " + manifest.image() + " on " + home.name(),
                bytes,
                manifest.stream().storedBytes()));
      } catch (MissingFileException gone) {
        found.add(files.missing(entry, gone));
      } catch (IOException absent) {
        unread = true;
        found.add(files.missing(entry, absent));
      }
    }
    var verdict =
        found.isEmpty()
            ? VerifyReport.Verdict.WHOLE
            : unread ? VerifyReport.Verdict.UNREAD : VerifyReport.Verdict.DAMAGED;
    verified.add(
        new VerifyReport.Verified(
            SetReader.ref(manifest), home.name(), verdict, bytes, manifest.files().size() + 1));
    return found;
  }

  private List<Damage> brokenManifest(ImageRow row, Home home) {
    var image = row.planned().image();
    var kept = new Kept(home.name(), image);
    var found = Optional.ofNullable(broken.get(kept)).stream().toList();
    var there = Optional.ofNullable(onMedia.get(kept));
    if (home.name().equals(Home.STAGING)
        || there.filter(manifest -> manifest.succeeds(home.manifest())).isPresent()) {
      return found;
    }
    return found.isEmpty()
        ? List.of(
            new Damage(
                image,
                "manifest",
                "storage " + home.name(),
                "is missing on media, or differs from the catalog's"))
        : found;
  }

  private static VerifyReport.Damage told(Damage found, ImageRef ref, String lost) {
    return new VerifyReport.Damage(ref, found.file(), found.place(), found.what(), lost);
  }

  private ExitCode exit() {
    if (!damage.isEmpty() || booksDamaged) {
      return ExitCode.DAMAGED;
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.TEMPFAIL;
  }
}
