package dev.holdfast.config;

import dev.holdfast.model.declared.Copy;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes of a set's `copies` what they name: further storages, each once, none the set's own.
final class CopyLinker {
  private final Documents documents;
  private final Findings findings;

  CopyLinker(Documents documents, Findings findings) {
    this.documents = documents;
    this.findings = findings;
  }

  /// In declared order; what is wrong is left out, and the findings say what.
  List<CopyTarget> link(Bound<BackupSetDocument> bound, Map<String, Storage> storages) {
    var copies = bound.body().copies();
    var targets = new LinkedHashMap<String, CopyTarget>();
    for (int i = 0; i < copies.size(); i++) {
      var terms = copies.get(i);
      var place = place(bound, i);
      target(terms, place, storages)
          .filter(found -> isOther(bound, found, place))
          .filter(found -> isFirst(targets, found, place))
          .ifPresent(found -> targets.put(found.name(), new CopyTarget(found, terms)));
    }
    return List.copyOf(targets.values());
  }

  /// Where the `to` of a copy was written.
  static Place place(Bound<BackupSetDocument> bound, int number) {
    var list = bound.values().get("copies");
    if (list.isPresent() && list.get() instanceof Value.Items(var items, _)) {
      var item = items.get(number);
      return item instanceof Value.Fields fields
          ? fields.get("to").map(Value::place).orElse(item.place())
          : item.place();
    }
    return bound.placeOf("copies");
  }

  /// The documents of the storages that are copied to.
  static List<Bound<StorageDocument>> storagesOf(
      Bound<BackupSetDocument> bound, Bindings bindings) {
    var found = new ArrayList<Bound<StorageDocument>>();
    for (var copy : bound.body().copies()) {
      bindings.get(Kind.STORAGE, copy.to(), StorageDocument.class).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Storage> target(Copy terms, Place place, Map<String, Storage> storages) {
    return documents
        .find(terms.to(), place, "copies", Kind.STORAGE)
        .flatMap(found -> Optional.ofNullable(storages.get(found.name())));
  }

  private boolean isOther(Bound<BackupSetDocument> bound, Storage storage, Place place) {
    if (!storage.name().equals(bound.body().where().storage())) {
      return true;
    }
    findings.error(
        place,
        "copies",
        "storage '" + storage.name() + "' holds the set's own images, a copy there is none",
        "name another Storage, on another device");
    return false;
  }

  private boolean isFirst(Map<String, CopyTarget> targets, Storage storage, Place place) {
    if (!targets.containsKey(storage.name())) {
      return true;
    }
    findings.error(
        place,
        "copies",
        "storage '" + storage.name() + "' is named twice in copies",
        "name it once; select: all holds the fulls too");
    return false;
  }
}
