package dev.holdfast.media;

import dev.holdfast.media.ScanResult.Skipped;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Finds, labels when needed, and opens the volume that a writer shall write. Looks at the storage
/// anew each time: it may have gone since the last volume. Thread-safe.
public final class VolumeFinder {
  private final MediaStorage storage;
  private final Clock clock;
  private final Supplier<UUID> uuids;

  /// @param uuids the identities of new volumes
  public VolumeFinder(MediaStorage storage, Clock clock, Supplier<UUID> uuids) {
    this.storage = storage;
    this.clock = clock;
    this.uuids = uuids;
  }

  public FindResult find(VolumeRequest request) {
    return switch (storage.check(request.known().keySet())) {
      case CheckResult.Unreachable(var problem) -> new FindResult.None(problem, ExitCode.TEMPFAIL);
      case CheckResult.Refused(var problem) -> new FindResult.None(problem, ExitCode.STORAGE);
      case CheckResult.Usable() -> search(request);
    };
  }

  /// Each turn opens a volume, or rules one out that another writer was faster with.
  private FindResult search(VolumeRequest request) {
    var open = request;
    while (true) {
      var step = tryOnce(open);
      if (step.result().isPresent()) {
        return step.result().get();
      }
      open = step.closing().map(open::without).orElse(open);
    }
  }

  private Step tryOnce(VolumeRequest request) {
    try {
      var scan = new Scan(request, storage.limits(), storage.scan()).choose();
      return switch (scan) {
        case ScanResult.Use(var label, var skipped) -> open(request, label, false, skipped);
        case ScanResult.LabelNew(var name, var sequence, var skipped) ->
            label(request, newLabel(request, name, sequence), skipped);
        case ScanResult.None none -> Step.end(nothing(request, none));
      };
    } catch (IOException unreadable) {
      return Step.end(
          new FindResult.None(
              new Problem(
                  "storage '" + storage.name() + "'",
                  "cannot be looked through: " + Reason.of(unreadable),
                  "images wait in staging; see that it is mounted and readable, then run again"),
              ExitCode.TEMPFAIL));
    }
  }

  private Step label(VolumeRequest request, VolumeLabel wanted, List<Skipped> skipped) {
    return switch (storage.label(wanted)) {
      case LabelResult.Labelled(var label) -> open(request, label, true, skipped);
      case LabelResult.Taken _ -> Step.again(wanted.name());
      case LabelResult.Failed(var problem, var exit) ->
          Step.end(new FindResult.None(problem, exit));
    };
  }

  private Step open(
      VolumeRequest request, VolumeLabel label, boolean fresh, List<Skipped> skipped) {
    var claim = new WriteClaim(request.set(), request.storage(), label, request.closed());
    return switch (storage.open(claim)) {
      case OpenResult.Opened(var writer) -> Step.end(new FindResult.Found(writer, fresh, skipped));
      case OpenResult.Busy _ -> Step.again(label.name());
      case OpenResult.Refused(var problem, var exit) ->
          Step.end(new FindResult.None(problem, exit));
    };
  }

  private VolumeLabel newLabel(VolumeRequest request, Label name, long sequence) {
    return new VolumeLabel(
        name, uuids.get(), request.storage(), request.set(), 1, Instant.now(clock), sequence);
  }

  private FindResult nothing(VolumeRequest request, ScanResult.None none) {
    var reasons =
        none.skipped().isEmpty()
            ? ""
            : ": "
                + none.skipped().stream().map(Skipped::toString).collect(Collectors.joining("; "));
    return new FindResult.None(
        new Problem(
            "storage '" + storage.name() + "'",
            "no volume takes %s for set %s, %s%s"
                .formatted(
                    new ByteSize(request.wanted()).human(), request.set(), none.why(), reasons),
            "images wait in staging; make room, allow more volumes (vtapes.count) or set autoLabel:"
                + " true, then run again"),
        ExitCode.STORAGE);
  }

  /// The end of the search, or the volume to leave out of the next turn.
  private record Step(Optional<FindResult> result, Optional<Label> closing) {
    static Step end(FindResult result) {
      return new Step(Optional.of(result), Optional.empty());
    }

    static Step again(Label without) {
      return new Step(Optional.empty(), Optional.of(without));
    }
  }
}
