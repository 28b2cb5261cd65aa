package dev.holdfast.job;

import dev.holdfast.image.Manifest;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SetName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a look at all media of a set found. Used by one thread.
final class CareFindings {
  private final SetName set;
  private final List<Problem> differences = new ArrayList<>();
  private final List<Problem> away = new ArrayList<>();

  CareFindings(SetName set) {
    this.set = set;
  }

  List<Problem> problems() {
    return Stream.concat(differences.stream(), away.stream()).toList();
  }

  /// A storage that is away says nothing about its bytes.
  ExitCode exit() {
    if (!differences.isEmpty()) {
      return ExitCode.DAMAGED;
    }
    return away.isEmpty() ? ExitCode.OK : ExitCode.TEMPFAIL;
  }

  void problem(Problem problem) {
    differences.add(problem);
  }

  void away(String place, String fact) {
    away.add(
        new Problem(
            place,
            fact + "; what is there was not looked at",
            "bring it back, then type this again"));
  }

  /// Every whole manifest on these volumes.
  Map<ImageId, Manifest> manifests(MediaStorage storage, Collection<Label> labels) {
    var found = new HashMap<ImageId, Manifest>();
    labels.forEach(label -> read(storage, label, found));
    return found;
  }

  private void read(MediaStorage storage, Label label, Map<ImageId, Manifest> found) {
    try {
      for (var manifest : storage.reader().manifests(label)) {
        switch (manifest) {
          case FoundManifest.Whole(_, var whole) ->
              found.merge(whole.image(), whole, Manifest::numbered);
          case FoundManifest.Damaged(_, var image, var reason) ->
              differs(image, "has a damaged manifest on volume " + label + ": " + reason);
        }
      }
    } catch (IOException unreadable) {
      differences.add(
          new Problem(
              "volume " + label,
              "cannot be read: " + Reason.of(unreadable),
              "see that the storage is mounted, then type this again"));
    }
  }

  void compare(ImageId image, Optional<Manifest> known, Map<ImageId, Manifest> found) {
    var onMedia = found.get(image);
    if (onMedia == null) {
      differs(image, "is in the catalog and has no manifest on media");
    } else if (known.filter(onMedia::succeeds).isEmpty()) {
      differs(image, "has another manifest on media than in the catalog");
    }
  }

  void unknown(Set<ImageId> found, Set<ImageId> known) {
    found.stream()
        .filter(image -> !known.contains(image))
        .forEach(image -> differs(image, "is on media and not in the catalog"));
  }

  void debris(MediaStorage storage, DebrisRequest request) {
    try {
      storage
          .reader()
          .debris(request)
          .forEach(
              file ->
                  differences.add(
                      new Problem(
                          "volume " + file.volume() + " file " + file.number(),
                          "belongs to no image",
                          "the next run removes it")));
    } catch (IOException unreadable) {
      away("storage '" + storage.name() + "'", "cannot be read: " + Reason.of(unreadable));
    }
  }

  private void differs(ImageId image, String fact) {
    differences.add(
        new Problem(
            "image " + image,
            fact,
            "'holdfast catalog rebuild " + set + "' makes the catalog anew from media"));
  }
}
