package dev.holdfast.catalog;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Estimate;
import dev.holdfast.model.Estimate.Method;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.Outlook;
import dev.holdfast.model.PartFile;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.Route;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.VolumeFile;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rows of the table `image` and its neighbours as values.
final class ImageMapper {
  private ImageMapper() {}

  static ImageRow row(ResultSet set, int number) throws SQLException {
    var manifest = manifest(set.getString("manifest"));
    var setName = new SetName(set.getString("set_name"));
    var planned =
        new PlannedDump(
            new ImageId(set.getString("id")),
            new SourceKey(setName, new SourceName(set.getString("source"))),
            Level.of(set.getInt("level")),
            Optional.of(set.getString("parent")).filter(id -> !id.isEmpty()).map(ImageId::new),
            new Estimate(
                set.getLong("estimate_bytes"),
                Estimate.Method.valueOf(set.getString("estimate_method"))),
            Route.valueOf(set.getString("route")),
            set.getString("reason"),
            outlook(set));
    return new ImageRow(
        new RunId(set.getString("run_id")),
        planned,
        ImageState.valueOf(set.getString("standing")),
        Verdict.valueOf(set.getString("verdict")),
        Instant.ofEpochMilli(set.getLong("created_ms")),
        manifest);
  }

  static Outlook outlook(ResultSet set) throws SQLException {
    var parent = Optional.ofNullable(set.getString("smaller_parent"));
    int level = set.getInt("smaller_level");
    var estimate =
        new Estimate(set.getLong("smaller_bytes"), Method.valueOf(set.getString("smaller_method")));
    long stored = set.getLong("smaller_stored");
    var reason = set.getString("smaller_reason");
    return new Outlook(
        set.getLong("stored_bytes"),
        set.getInt("urgency"),
        Duration.ofMillis(set.getLong("expected_ms")),
        parent.map(
            id -> new Outlook.Smaller(Level.of(level), new ImageId(id), estimate, stored, reason)),
        set.getString("refusal"));
  }

  static Manifest.Entry entry(ResultSet set, int number) throws SQLException {
    return new Manifest.Entry(
        FileKind.valueOf(set.getString("kind")),
        new PartFile(
            set.getInt("number"), set.getLong("length"), new Digest(set.getString("sha256"))),
        Optional.of(new VolumeFile(new Label(set.getString("volume")), set.getInt("volume_file"))));
  }

  static PlannedDump planned(Manifest manifest) {
    return new PlannedDump(
        manifest.image(),
        manifest.source(),
        manifest.level(),
        manifest.parent(),
        new Estimate(manifest.stream().rawBytes(), Estimate.Method.HISTORY),
        Route.STAGING,
        "found on media");
  }

  static String json(Manifest manifest) {
    return new String(ManifestCodec.encode(manifest), StandardCharsets.UTF_8);
  }

  static Optional<Manifest> manifest(@Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ManifestCodec.decode(json.getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedStreamException damaged) {
      throw new IllegalStateException("the catalog holds a manifest that is none", damaged);
    }
  }
}
