package dev.holdfast.staging;

import dev.holdfast.image.ImageFolder;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.declared.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One set's staging: a folder for each image, `<image>.new` while it is being dumped, `<image>`
/// once it is whole, `<image>.gone` while it is being removed. A crash leaves one of the others,
/// which `sweep` removes. Thread-safe; the set's run lock keeps other processes out.
public final class StagingArea {
  private static final String FILLING = ".new";
  private static final String LEAVING = ".gone";
  private static final Pattern OURS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
  private static final Pattern LEFTOVER = Pattern.compile("([A-Za-z0-9].*)\\.(new|gone)");

  private final Path path;
  private final StagingRoom room;

  private StagingArea(Staging declared, Optional<SharedRoom> shared) {
    this.path = declared.path();
    this.room = new StagingRoom(declared, shared);
  }

  /// For reading, and for a Staging that no other set uses. Creates the directory with mode 0700
  /// when it is missing.
  ///
  /// @throws HoldfastException (CONFIG) when it is not a private directory of this user
  public static StagingArea open(Staging declared) throws IOException {
    return open(declared, Optional.empty());
  }

  /// For a run of a set, among the others that use the same Staging.
  public static StagingArea open(Staging declared, SharedRoom shared) throws IOException {
    return open(declared, Optional.of(shared));
  }

  private static StagingArea open(Staging declared, Optional<SharedRoom> shared)
      throws IOException {
    DurableFiles.createPrivateDirectory(declared.path());
    PrivateDirectory.check(declared);
    var area = new StagingArea(declared, shared);
    for (var folder : area.folders()) {
      area.room.folder(name(folder), StagedFiles.size(folder));
    }
    return area;
  }

  /// Asks for room for an image; `estimate` is in bytes, and a running dump may `grow` beyond it.
  ///
  /// @throws IllegalStateException when the image is staged, or being staged, already
  public ReserveResult reserve(ImageId image, long estimate) throws IOException {
    if (LEFTOVER.matcher(image.value()).matches() || Files.exists(folder(image))) {
      throw new IllegalStateException("image " + image + " is staged already, or badly named");
    }
    var refused = room.promise(image, estimate);
    if (refused.isPresent()) {
      return refused.get();
    }
    try {
      var filling = path.resolve(image + FILLING);
      remove(filling);
      DurableFiles.createPrivateDirectory(filling);
      return new ReserveResult.Granted(new Reservation(this, image, new ImageFolder(filling)));
    } catch (IOException failed) {
      room.withdraw(image);
      throw failed;
    }
  }

  /// Every folder that has, or had, the name of an image, by name; each manifest is read and
  /// checked, payloads are not.
  public List<StagingEntry> list() throws IOException {
    var entries = new ArrayList<StagingEntry>();
    for (var folder : folders()) {
      if (!LEFTOVER.matcher(name(folder)).matches()) {
        entries.add(StagedFiles.read(new ImageFolder(folder), new ImageId(name(folder))));
      }
    }
    return entries;
  }

  /// Empty when the image is not here, or is not whole.
  public Optional<StagedImage> find(ImageId image) throws IOException {
    if (!Files.isDirectory(folder(image))) {
      return Optional.empty();
    }
    return StagedFiles.read(new ImageFolder(folder(image)), image) instanceof StagedImage staged
        ? Optional.of(staged)
        : Optional.empty();
  }

  /// Removes an image, or what is in its place. Renamed aside first, so that a crash never leaves
  /// half of it visible. One that is not there is fine.
  public void release(ImageId image) throws IOException {
    var folder = folder(image);
    if (!Files.exists(folder)) {
      return;
    }
    var aside = path.resolve(image + LEAVING);
    remove(aside);
    DurableFiles.publish(folder, aside);
    CrashPoint.STAGING_ASIDE.reached();
    remove(aside);
    room.gone(image.value());
  }

  /// Removes what crashed dumps and releases left behind; folders of running dumps stay.
  ///
  /// @return the names of the folders removed
  public List<String> sweep() throws IOException {
    var swept = new ArrayList<String>();
    for (var folder : folders()) {
      var leftover = LEFTOVER.matcher(name(folder));
      if (leftover.matches() && !room.isPromised(new ImageId(leftover.group(1)))) {
        remove(folder);
        room.gone(name(folder));
        swept.add(name(folder));
      }
    }
    return swept;
  }

  public StagingFigures figures() {
    return room.figures();
  }

  /// Bytes that a staged image takes; 0 when it is not here.
  public long sizeOf(ImageId image) {
    return room.sizeOf(image.value());
  }

  /// Tells the other sets of this Staging whether images leave it, which gives them room.
  public void draining(boolean now) {
    room.draining(now);
  }

  /// Another set's run is writing what lies here.
  public boolean othersDrain() {
    return room.othersDrain();
  }

  boolean grow(ImageId image, long bytes) {
    return room.grow(image, bytes);
  }

  StagedImage accept(ImageId image, ImageFolder filled) throws IOException {
    var staged =
        switch (StagedFiles.read(filled, image)) {
          case StagedImage whole -> whole;
          case Suspect(var folder, var reason) -> throw new IOException(folder + " " + reason);
        };
    StagedFiles.sync(staged);
    CrashPoint.STAGING_SYNCED.reached();
    DurableFiles.publish(filled.path(), folder(image));
    CrashPoint.STAGING_RENAMED.reached();
    room.settle(image, image.value(), staged.bytes());
    return new StagedImage(new ImageFolder(folder(image)), staged.manifest(), staged.bytes());
  }

  void discard(ImageId image, ImageFolder filled) throws IOException {
    try {
      remove(filled.path());
    } finally {
      room.withdraw(image);
    }
  }

  private void remove(Path folder) throws IOException {
    DurableFiles.deleteTree(folder);
    DurableFiles.syncDirectory(path);
  }

  private List<Path> folders() throws IOException {
    try (var entries = Files.list(path)) {
      return entries
          .filter(Files::isDirectory)
          .filter(entry -> OURS.matcher(name(entry)).matches())
          .sorted()
          .toList();
    }
  }

  private Path folder(ImageId image) {
    return path.resolve(image.value());
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }
}
