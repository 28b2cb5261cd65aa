package dev.holdfast.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.StoredImages;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.media.driver.disk.DiskStorage;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Taperscan;
import dev.holdfast.model.declared.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever stands in a storage and however it is looked through: only a volume of the right set,
/// storage and identity, not closed and with room, is ever written.
class LabelGuardTests {
  private static final SetName DEMO = new SetName("Demo");
  private static final Instant DAY = Instant.parse("2026-11-24T00:00:00Z");
  private static final long SIZE = 300_000;
  private static final long WANTED = 100_000;

  /// What may stand in one place.
  enum Kind {
    GOOD,
    GOOD_AND_WRITTEN,
    FULL,
    ARCHIVED,
    OTHER_SET,
    OTHER_STORAGE,
    RELABELLED,
    RENAMED_COPY,
    DAMAGED_LABEL,
    EMPTY_LABEL,
    FOREIGN,
    EMPTY_DIRECTORY;

    boolean mayBeWritten() {
      return this == GOOD || this == GOOD_AND_WRITTEN;
    }
  }

  @Property(tries = 10_000)
  void theScanChoosesNothingThatTheGuardRefuses(
      @ForAll("inventories") List<Kind> inventory, @ForAll Taperscan order) {
    var sightings =
        IntStream.range(0, inventory.size()).mapToObj(n -> sighting(n, inventory.get(n))).toList();
    var request = request(order, inventory);

    var result = new Scan(request, limits(), sightings).choose();

    switch (result) {
      case ScanResult.Use(var label, _) -> {
        var kind = inventory.get(number(label.name()) - 1);
        assertThat(kind.mayBeWritten()).as("%s", kind).isTrue();
        var claim = new WriteClaim(DEMO, "Vault", label, request.closed());
        assertThat(LabelGuard.objection(claim, sightings.get(number(label.name()) - 1))).isEmpty();
      }
      case ScanResult.LabelNew(var name, _, var skipped) -> {
        assertThat(inventory).noneMatch(Kind::mayBeWritten);
        assertThat(number(name)).isGreaterThan(inventory.size());
        assertThat(skipped).hasSize(inventory.size());
      }
      case ScanResult.None none -> throw new AssertionError(none.why());
    }
  }

  @Property(tries = 10_000)
  void theGuardRefusesEveryOtherVolumeWhateverIsClaimed(@ForAll Kind claimed, @ForAll Kind found) {
    if (!(sighting(0, claimed) instanceof Sighting.Labelled(var expected, _, _, _))) {
      return;
    }
    var seen = sighting(0, found);
    var claim = new WriteClaim(DEMO, "Vault", expected, closed(List.of(found)));

    var objection = LabelGuard.objection(claim, seen);

    boolean same = seen instanceof Sighting.Labelled(var label, _, _, _) && label.equals(expected);
    boolean allowed = same && found != Kind.ARCHIVED && isOurs(found);
    assertThat(objection.isEmpty()).isEqualTo(allowed);
  }

  @Property(tries = 150)
  void onDiskNothingElseChangesByAByte(
      @ForAll("inventories") List<Kind> inventory, @ForAll Taperscan order) throws IOException {
    var root = Files.createTempDirectory("guard");
    try {
      var vault = Files.createDirectory(root.resolve("vault"));
      for (int n = 0; n < inventory.size(); n++) {
        place(vault, n, inventory.get(n));
      }
      var before = fingerprints(vault);

      write(root, vault, request(order, inventory));

      var after = fingerprints(vault);
      before.forEach(
          (place, files) -> {
            if (!inventory.get(number(new Label(place)) - 1).mayBeWritten()) {
              assertThat(after.get(place)).as(place).isEqualTo(files);
            }
          });
      assertThat(total(after) - total(before))
          .as("one part, and a label where it was needed")
          .isBetween(1, 3);
    } finally {
      DurableFiles.deleteTree(root);
    }
  }

  private static boolean isOurs(Kind kind) {
    return kind != Kind.OTHER_SET && kind != Kind.OTHER_STORAGE;
  }

  @Provide
  static Arbitrary<List<Kind>> inventories() {
    return Arbitraries.of(Kind.class).list().ofMaxSize(7);
  }

  private static void write(Path root, Path vault, VolumeRequest request) {
    var disk =
        new Disk(
            vault,
            Optional.empty(),
            false,
            new Threshold.Percent(0),
            Optional.empty(),
            0,
            Optional.of(new ByteSize(SIZE)),
            true);
    var finder =
        new VolumeFinder(
            new DiskStorage("Vault", disk, false), Clock.systemUTC(), UUID::randomUUID);
    var image = new StoredImages("Demo").fill(root.resolve("staged"), "image-1", 50_000);
    switch (finder.find(request)) {
      case FindResult.Found(var writer, _, _) -> {
        try (writer) {
          var part = MediaFile.part(image.image(), 1, root.resolve("staged/p0001"));
          assertThat(writer.append(part)).isInstanceOf(AppendResult.Written.class);
        }
      }
      case FindResult.None(var problem, _) -> throw new AssertionError(problem.text());
    }
  }

  private static void place(Path vault, int n, Kind kind) throws IOException {
    var volume = Files.createDirectory(vault.resolve(name(n).value()));
    switch (sighting(n, kind)) {
      case Sighting.Labelled(var label, var used, _, _) -> {
        Files.write(volume.resolve("00000.label"), LabelFile.bytes(label));
        if (kind == Kind.FULL) {
          Files.write(volume.resolve("00001.old.p0001"), new byte[(int) used]);
        }
        if (kind == Kind.GOOD_AND_WRITTEN) {
          Files.write(volume.resolve("00001.old.p0001"), new byte[1000]);
        }
      }
      case Sighting.Unreadable _ -> Files.write(volume.resolve("00000.label"), damaged(n, kind));
      case Sighting.Foreign _ when kind == Kind.RENAMED_COPY ->
          Files.write(
              volume.resolve("00000.label"), LabelFile.bytes(label(n + 100, "Vault", DEMO)));
      case Sighting.Foreign _ when kind == Kind.FOREIGN ->
          Files.writeString(volume.resolve("00001.old.p0001"), "another program's");
      case Sighting.Foreign _ -> assertThat(volume).isEmptyDirectory();
    }
  }

  private static byte[] damaged(int n, Kind kind) {
    if (kind == Kind.EMPTY_LABEL) {
      return new byte[0];
    }
    var bytes = LabelFile.bytes(label(n, "Vault", DEMO));
    bytes[n * 300] ^= 1;
    return bytes;
  }

  private static Sighting sighting(int n, Kind kind) {
    return switch (kind) {
      case GOOD, ARCHIVED ->
          new Sighting.Labelled(label(n, "Vault", DEMO), 32_768, 1, Optional.empty());
      case RELABELLED ->
          new Sighting.Labelled(
              new VolumeLabel(name(n), new UUID(9, n), "Vault", DEMO, 2, DAY, 1),
              32_768,
              1,
              Optional.empty());
      case GOOD_AND_WRITTEN ->
          new Sighting.Labelled(
              label(n, "Vault", DEMO), 33_768, 2, Optional.of(DAY.plusSeconds(n * 7919L % 13)));
      case FULL ->
          new Sighting.Labelled(label(n, "Vault", DEMO), SIZE - WANTED + 1, 2, Optional.of(DAY));
      case OTHER_SET ->
          new Sighting.Labelled(
              label(n, "Vault", new SetName("Shop")), 32_768, 1, Optional.empty());
      case OTHER_STORAGE ->
          new Sighting.Labelled(label(n, "Attic", DEMO), 32_768, 1, Optional.empty());
      case RENAMED_COPY, FOREIGN, EMPTY_DIRECTORY ->
          new Sighting.Foreign(name(n).value(), kind.name());
      case DAMAGED_LABEL, EMPTY_LABEL -> new Sighting.Unreadable(name(n).value(), kind.name());
    };
  }

  private static VolumeRequest request(Taperscan order, List<Kind> inventory) {
    var known = new HashMap<Label, UUID>();
    for (int n = 0; n < inventory.size(); n++) {
      if (inventory.get(n) == Kind.RELABELLED) {
        known.put(name(n), new UUID(0, n));
      }
    }
    return new VolumeRequest(
        DEMO,
        "Vault",
        order,
        new LabelTemplate("${set}-${n:3}"),
        known,
        Set.of(),
        closed(inventory),
        WANTED);
  }

  private static Set<Label> closed(List<Kind> inventory) {
    return IntStream.range(0, inventory.size())
        .filter(n -> inventory.get(n) == Kind.ARCHIVED)
        .mapToObj(LabelGuardTests::name)
        .collect(Collectors.toSet());
  }

  private static Limits limits() {
    return new Limits(Optional.of(new ByteSize(SIZE)), 0, true, Long.MAX_VALUE);
  }

  private static VolumeLabel label(int n, String storage, SetName set) {
    return new VolumeLabel(name(n), new UUID(0, n), storage, set, 1, DAY, n + 1L);
  }

  private static Label name(int n) {
    return new Label("Demo-%03d".formatted(n + 1));
  }

  private static int number(Label label) {
    return Integer.parseInt(label.value().substring("Demo-".length()));
  }

  /// Place -> file name -> hash of its bytes.
  private static Map<String, Map<String, Integer>> fingerprints(Path vault) throws IOException {
    var places = new TreeMap<String, Map<String, Integer>>();
    try (var volumes = Files.list(vault)) {
      for (var volume : volumes.toList()) {
        var files = new TreeMap<String, Integer>();
        try (var names = Files.list(volume)) {
          for (var file : names.filter(path -> !path.endsWith(".lock")).toList()) {
            files.put(
                String.valueOf(file.getFileName()), Arrays.hashCode(Files.readAllBytes(file)));
          }
        }
        places.put(String.valueOf(volume.getFileName()), files);
      }
    }
    return places;
  }

  private static int total(Map<String, Map<String, Integer>> places) {
    return places.values().stream().mapToInt(Map::size).sum();
  }
}
