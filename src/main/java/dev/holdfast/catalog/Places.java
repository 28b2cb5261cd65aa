package dev.holdfast.catalog;

import dev.holdfast.image.Manifest;
import dev.holdfast.model.ImageId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Where the files of images are on the set's own storage. Thread-safe; belongs to the transaction
/// of its caller.
record Places(JdbcClient client) {

  List<Manifest.Entry> of(ImageId image) {
    return client
        .sql("SELECT * FROM image_file WHERE image_id = ? ORDER BY kind, number")
        .param(image.value())
        .query(ImageMapper::entry)
        .list();
  }

  /// The file is there now, and nowhere else.
  void put(ImageId image, Manifest.Entry entry) {
    var place = entry.place().orElseThrow();
    client
        .sql("DELETE FROM image_file WHERE image_id = ? AND kind = ? AND number = ?")
        .params(image.value(), entry.kind().name(), entry.file().number())
        .update();
    client
        .sql("INSERT INTO image_file VALUES (?, ?, ?, ?, ?, ?, ?)")
        .params(
            image.value(),
            entry.kind().name(),
            entry.file().number(),
            entry.file().length(),
            entry.file().digest().hex(),
            place.volume().value(),
            place.number())
        .update();
  }

  void forget(ImageId image) {
    client.sql("DELETE FROM image_file WHERE image_id = ?").param(image.value()).update();
  }
}
