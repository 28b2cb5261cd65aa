package dev.holdfast.image;

import dev.holdfast.model.Digest;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.PartFile;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.StreamFacts;
import dev.holdfast.model.VolumeFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The commit record of an image: an image exists when its manifest is durable. In staging the
/// files have no place on a volume yet; the manifest on media names it for each.
///
/// @param sequence number of this manifest in its set, from 1, never reused; 0 while staged
/// @param previous SHA-256 of the payload of the set's previous manifest, a hash chain
/// @param tools program name -> version line, as the programs print it
/// @param exits process name -> exit status
/// @param compression `none` or `zstd-<level>`
public record Manifest(
    ImageId image,
    RunId run,
    SourceKey source,
    Level level,
    Optional<ImageId> parent,
    Instant createdAt,
    long sequence,
    Optional<Digest> previous,
    String compression,
    StreamFacts stream,
    List<Entry> files,
    DumpWarnings warnings,
    Map<String, Integer> exits,
    Map<String, String> tools,
    Digest planFingerprint,
    Optional<String> configCommit) {

  /// One file of the image: a part, its INDEX or its STATE.
  public record Entry(FileKind kind, PartFile file, Optional<VolumeFile> place) {}

  public Manifest {
    files = List.copyOf(files);
    exits = Map.copyOf(exits);
    tools = Map.copyOf(tools);
  }

  /// The form that goes to media: numbered, chained to the set's previous manifest, and with the
  /// place of every file.
  public Manifest onMedia(long number, Optional<Digest> chained, List<Entry> placed) {
    return new Manifest(
        image,
        run,
        source,
        level,
        parent,
        createdAt,
        number,
        chained,
        compression,
        stream,
        placed,
        warnings,
        exits,
        tools,
        planFingerprint,
        configCommit);
  }

  /// This one, unless the other has a higher number.
  public Manifest numbered(Manifest other) {
    return other.sequence() > sequence ? other : this;
  }

  /// True of the same one, and of what the other becomes when its image gets a number.
  public boolean succeeds(Manifest other) {
    return equals(other)
        || (other.sequence() == 0 && onMedia(0, other.previous(), files).equals(other));
  }

  public List<Entry> parts() {
    return files.stream().filter(entry -> entry.kind() == FileKind.PART).toList();
  }
}
