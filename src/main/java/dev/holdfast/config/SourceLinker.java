package dev.holdfast.config;

import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Compress;
import dev.holdfast.model.declared.Encrypt;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes a Source of its document: the block that its type asks for, and no other.
final class SourceLinker {
  private final Folders folders;
  private final Set<String> keys;
  private final Findings findings;

  /// @param keys names of the encryption keys of the Project
  SourceLinker(Folders folders, Set<String> keys, Findings findings) {
    this.folders = folders;
    this.keys = Set.copyOf(keys);
    this.findings = findings;
  }

  /// Empty when something is wrong; the findings say what.
  Optional<Source> link(Bound<SourceDocument> bound) {
    var body = bound.body();
    checkCompress(bound);
    checkKey(bound);
    return spec(bound)
        .map(
            spec ->
                new Source(
                    new SourceName(bound.name()),
                    body.header().about(bound.document().place()),
                    body.host(),
                    spec,
                    body.strategy(),
                    body.priority(),
                    body.compress().compression(),
                    body.compress(),
                    body.encrypt(),
                    body.os(),
                    body.agent(),
                    body.connect(),
                    body.snapshot(),
                    body.availability(),
                    body.expect().shrinkGuard(),
                    body.hooks()));
  }

  private Optional<? extends SourceSpec> spec(Bound<SourceDocument> bound) {
    var body = bound.body();
    return switch (body.type()) {
      case FILESYSTEM -> filesystem(bound);
      case DATABASE -> block(bound, "database", body.database());
      case APPLICATION -> block(bound, "application", body.application());
      case HYPERVISOR -> block(bound, "hypervisor", body.hypervisor());
    };
  }

  private <T> Optional<T> block(Bound<SourceDocument> bound, String wanted, Optional<T> block) {
    for (var other : List.of("paths", "exclude", "database", "application", "hypervisor")) {
      if (!other.equals(wanted) && bound.values().get(other).isPresent()) {
        findings.error(
            bound.placeOf(other),
            other,
            "'" + other + "' does not belong to a source of type " + wanted,
            "remove it, or correct the type");
      }
    }
    if (block.isEmpty()) {
      findings.error(
          bound.placeOf("type"),
          wanted,
          "a source of type " + wanted + " needs '" + wanted + "'",
          "say what is dumped");
    }
    return block;
  }

  private Optional<Filesystem> filesystem(Bound<SourceDocument> bound) {
    var body = bound.body();
    for (var other : List.of("database", "application", "hypervisor")) {
      if (bound.values().get(other).isPresent()) {
        findings.error(
            bound.placeOf(other),
            other,
            "'" + other + "' does not belong to a source of type filesystem",
            "remove it, or correct the type");
      }
    }
    if (body.paths().isEmpty()) {
      findings.error(
          bound.placeOf("paths"),
          "paths",
          "a source of type filesystem needs at least one path",
          "add 'paths: [/some/folder]'");
      return Optional.empty();
    }
    var paths = paths(bound, "paths", body.paths(), body.host());
    checkNested(bound, paths);
    checkExcluded(bound, paths);
    var sentinels = paths(bound, "expect", body.expect().sentinel(), body.host());
    return Optional.of(
        new Filesystem(
            paths,
            exclude(body.exclude()),
            body.oneFileSystem(),
            body.expect().bound(sentinels),
            body.tolerate()));
  }

  /// Excludes may begin with the repository's or the state's folder, like paths.
  private List<String> exclude(List<String> patterns) {
    return patterns.stream().map(folders::substituted).toList();
  }

  private List<String> paths(
      Bound<SourceDocument> bound, String key, List<String> declared, String host) {
    if (!host.equals("localhost")) {
      return declared;
    }
    var paths = new ArrayList<String>();
    for (var path : declared) {
      folders.resolve(path, bound.placeOf(key), key).map(Path::toString).ifPresent(paths::add);
    }
    return paths;
  }

  private void checkNested(Bound<SourceDocument> bound, List<String> paths) {
    for (int i = 0; i < paths.size(); i++) {
      for (int j = 0; j < paths.size(); j++) {
        boolean same = paths.get(i).equals(paths.get(j)) && i < j;
        if (same || isBelow(paths.get(j), paths.get(i))) {
          findings.error(
              bound.placeOf("paths"),
              "paths",
              "'" + paths.get(j) + "' is already part of '" + paths.get(i) + "'",
              "name each folder once");
        }
      }
    }
  }

  /// tar asks its patterns of the paths themselves too, and is silent about what it leaves out.
  private void checkExcluded(Bound<SourceDocument> bound, List<String> paths) {
    for (var pattern : exclude(bound.body().exclude())) {
      var exclusion = new Exclusion(pattern);
      paths.stream()
          .filter(exclusion::covers)
          .forEach(
              path ->
                  findings.error(
                      bound.placeOf("exclude"),
                      "exclude",
                      "'" + pattern + "' leaves out the whole of the path '" + path + "'",
                      "begin the pattern with the path, as '" + path + "/**/..'"));
    }
  }

  private static boolean isBelow(String inner, String outer) {
    return inner.length() > outer.length()
        && inner.startsWith(outer.endsWith("/") ? outer : outer + "/");
  }

  private static boolean isUnsaid(Bound<SourceDocument> bound, String record, String key) {
    return bound.values().get(record).stream()
        .filter(Value.Fields.class::isInstance)
        .flatMap(fields -> ((Value.Fields) fields).get(key).stream())
        .allMatch(value -> value.origin().isBuiltIn());
  }

  private void checkCompress(Bound<SourceDocument> bound) {
    var compress = bound.body().compress();
    boolean custom = compress.level() instanceof Compress.Amount.Custom;
    if (custom && compress.command().isEmpty()) {
      findings.error(
          bound.placeOf("compress", "level"),
          "compress.level",
          "the compression level 'custom' needs a command",
          "add 'command: [program, argument]', or write a zstd level 1..19");
    } else if (!custom && !compress.command().isEmpty()) {
      findings.error(
          bound.placeOf("compress", "command"),
          "compress.command",
          "a compression command stands beside a level that does not use it",
          "write 'level: custom', or remove the command");
    }
  }

  private void checkKey(Bound<SourceDocument> bound) {
    var encrypt = bound.body().encrypt();
    var key = encrypt.key();
    if (key.isPresent() && !keys.contains(key.get())) {
      findings.error(
          bound.placeOf("encrypt", "key"),
          "encrypt.key",
          "the key '" + YamlReader.printable(key.get()) + "' is not declared in the Project",
          Suggestion.among(key.get(), keys, "declared"));
    } else if (key.isPresent() && isUnsaid(bound, "encrypt", "where")) {
      findings.error(
          bound.placeOf("encrypt", "key"),
          "encrypt.key",
          "a key is named, and encrypt.where is not, so nothing would be encrypted",
          "add 'where: client' or 'where: server'; 'where: none' if it is meant");
    } else if (key.isEmpty() && encrypt.where() != Encrypt.Where.NONE) {
      findings.error(
          bound.placeOf("encrypt"),
          "encrypt.key",
          "encryption needs a key",
          "name a key of the Project");
    }
  }
}
