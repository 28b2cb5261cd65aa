package dev.holdfast.media;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.Header;
import dev.holdfast.image.HeaderFields;
import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/// File 0 of a volume: a header of kind LABEL and no payload.
public final class LabelFile {

  /// What the bytes of a file 0 turned out to be.
  public sealed interface ReadResult {
    record Read(VolumeLabel label) implements ReadResult {}

    /// Not a label that this release can trust; `cause` is for people.
    record Unreadable(String cause) implements ReadResult {}
  }

  private LabelFile() {}

  public static byte[] bytes(VolumeLabel label) {
    var fields =
        HeaderFields.empty()
            .with("Volume", label.name().value())
            .with("Volume-UUID", label.uuid().toString())
            .with("Storage", label.storage())
            .with("Set", label.set().value())
            .with("Generation", Integer.toString(label.generation()))
            .with("Sequence", Long.toString(label.sequence()))
            .with("Labelled", label.labelledAt().toString())
            .with("Length", "0");
    return new Header(FileKind.LABEL, fields, "").bytes();
  }

  public static ReadResult read(byte[] bytes) {
    return switch (Header.parse(bytes)) {
      case Header.ParseResult.Valid(var header) when header.kind() == FileKind.LABEL ->
          label(header);
      case Header.ParseResult.Valid(var header) ->
          new ReadResult.Unreadable("file 0 is of kind " + header.kind());
      case Header.ParseResult.NotHoldfast() ->
          new ReadResult.Unreadable("file 0 is not a header of Holdfast");
      case Header.ParseResult.NewerNeeded(var needs) ->
          new ReadResult.Unreadable("it needs a later release: " + needs);
      case Header.ParseResult.Damaged(var reason) -> new ReadResult.Unreadable(reason);
    };
  }

  private static ReadResult label(Header header) {
    try {
      return new ReadResult.Read(
          new VolumeLabel(
              new Label(header.require("Volume")),
              UUID.fromString(header.require("Volume-UUID")),
              header.require("Storage"),
              new SetName(header.require("Set")),
              Integer.parseInt(header.require("Generation")),
              Instant.parse(header.require("Labelled")),
              Long.parseLong(header.require("Sequence"))));
    } catch (IllegalArgumentException | DateTimeException malformed) {
      return new ReadResult.Unreadable("its fields are malformed: " + malformed.getMessage());
    }
  }
}
