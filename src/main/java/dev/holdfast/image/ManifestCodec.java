package dev.holdfast.image;

import dev.holdfast.model.Digest;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.PartFile;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.StreamFacts;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.model.WarningClass;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Manifests as JSON, field by field, so that the form on media does not change with a record's
/// (src/docs/format.md, schema `holdfast.manifest/1`). Stateless, thread-safe.
public final class ManifestCodec {
  private static final String SCHEMA = "holdfast.manifest/1";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ManifestCodec() {}

  /// The payload of a MANIFEST file, equal bytes for equal manifests.
  public static byte[] encode(Manifest manifest) {
    var json = JSON.createObjectNode();
    json.put("schema", SCHEMA);
    json.put("image", manifest.image().value());
    json.put("run", manifest.run().value());
    json.put("set", manifest.source().set().value());
    json.put("source", manifest.source().source().value());
    json.put("level", manifest.level().value());
    manifest.parent().ifPresent(parent -> json.put("parent", parent.value()));
    json.put("createdAt", manifest.createdAt().toString());
    json.put("sequence", manifest.sequence());
    manifest.previous().ifPresent(digest -> json.put("previous", digest.hex()));
    json.put("compression", manifest.compression());
    json.set("stream", stream(manifest.stream()));
    var files = json.putArray("files");
    manifest.files().forEach(entry -> files.add(file(entry)));
    json.set("warnings", warnings(manifest.warnings()));
    var exits = json.putObject("exits");
    new TreeMap<>(manifest.exits()).forEach(exits::put);
    var tools = json.putObject("tools");
    new TreeMap<>(manifest.tools()).forEach(tools::put);
    json.put("planFingerprint", manifest.planFingerprint().hex());
    manifest.configCommit().ifPresent(commit -> json.put("configCommit", commit));
    return JSON.writeValueAsBytes(json);
  }

  /// Reads a payload whose digest was checked.
  ///
  /// @throws MalformedStreamException when it is not a manifest of this format
  public static Manifest decode(byte[] payload) throws MalformedStreamException {
    try {
      var json = JSON.readTree(payload);
      if (!SCHEMA.equals(json.path("schema").asString(""))) {
        throw new MalformedStreamException("not a manifest of schema " + SCHEMA);
      }
      return manifest(json);
    } catch (JacksonException | IllegalArgumentException | DateTimeException malformed) {
      throw new MalformedStreamException("a malformed manifest: " + malformed.getMessage());
    }
  }

  private static Manifest manifest(JsonNode json) {
    return new Manifest(
        new ImageId(text(json, "image")),
        new RunId(text(json, "run")),
        new SourceKey(new SetName(text(json, "set")), new SourceName(text(json, "source"))),
        Level.of(json.required("level").asInt()),
        find(json, "parent").map(ImageId::new),
        Instant.parse(text(json, "createdAt")),
        json.required("sequence").asLong(),
        find(json, "previous").map(Digest::new),
        text(json, "compression"),
        stream(json.required("stream")),
        json.required("files").valueStream().map(ManifestCodec::file).toList(),
        warnings(json.required("warnings")),
        json.required("exits")
            .propertyStream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asInt())),
        json.required("tools")
            .propertyStream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asString())),
        new Digest(text(json, "planFingerprint")),
        find(json, "configCommit"));
  }

  private static ObjectNode stream(StreamFacts stream) {
    return JSON.createObjectNode()
        .put("rawBytes", stream.rawBytes())
        .put("rawSha256", stream.raw().hex())
        .put("storedBytes", stream.storedBytes())
        .put("storedSha256", stream.stored().hex())
        .put("members", stream.members());
  }

  private static StreamFacts stream(JsonNode json) {
    return new StreamFacts(
        json.required("rawBytes").asLong(),
        new Digest(text(json, "rawSha256")),
        json.required("storedBytes").asLong(),
        new Digest(text(json, "storedSha256")),
        json.required("members").asLong());
  }

  private static ObjectNode file(Manifest.Entry entry) {
    var json =
        JSON.createObjectNode()
            .put("kind", entry.kind().name())
            .put("number", entry.file().number())
            .put("length", entry.file().length())
            .put("sha256", entry.file().digest().hex());
    entry
        .place()
        .ifPresent(
            place -> json.put("volume", place.volume().value()).put("volumeFile", place.number()));
    return json;
  }

  private static Manifest.Entry file(JsonNode json) {
    return new Manifest.Entry(
        FileKind.valueOf(text(json, "kind")),
        new PartFile(
            json.required("number").asInt(),
            json.required("length").asLong(),
            new Digest(text(json, "sha256"))),
        find(json, "volume")
            .map(Label::new)
            .map(volume -> new VolumeFile(volume, json.required("volumeFile").asInt())));
  }

  private static ObjectNode warnings(DumpWarnings warnings) {
    var json = JSON.createObjectNode();
    var counts = json.putObject("counts");
    new TreeMap<>(warnings.counts()).forEach((kind, count) -> counts.put(kind.name(), count));
    var samples = json.putArray("samples");
    warnings.samples().forEach(samples::add);
    var damaged = json.putArray("damaged");
    warnings.damaged().forEach(damaged::add);
    return json;
  }

  private static DumpWarnings warnings(JsonNode json) {
    var counts = new EnumMap<WarningClass, Long>(WarningClass.class);
    json.required("counts")
        .propertyStream()
        .forEach(e -> counts.put(WarningClass.valueOf(e.getKey()), e.getValue().asLong()));
    return new DumpWarnings(counts, texts(json, "samples"), texts(json, "damaged"));
  }

  private static List<String> texts(JsonNode json, String key) {
    return json.required(key).valueStream().map(JsonNode::asString).toList();
  }

  private static String text(JsonNode json, String key) {
    return json.required(key).asString();
  }

  private static Optional<String> find(JsonNode json, String key) {
    return json.has(key) ? Optional.of(json.required(key).asString()) : Optional.empty();
  }
}
