package dev.holdfast.catalog;

import dev.holdfast.model.Estimate.Method;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Outlook;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes what is expected of a dump into its row.
final class Outlooks {
  private Outlooks() {}

  static void record(JdbcClient client, ImageId image, Outlook outlook) {
    var smaller = outlook.smaller();
    var values = new ArrayList<@Nullable Object>();
    values.add(outlook.storedBytes());
    values.add(outlook.urgency());
    values.add(outlook.expected().toMillis());
    values.add(outlook.refusal());
    values.add(smaller.map(found -> found.level().value()).orElse(null));
    values.add(smaller.map(found -> found.parent().value()).orElse(null));
    values.add(smaller.map(found -> found.estimate().bytes()).orElse(0L));
    values.add(smaller.map(Outlook.Smaller::storedBytes).orElse(0L));
    values.add(smaller.map(found -> found.estimate().method()).orElse(Method.HISTORY).name());
    values.add(smaller.map(Outlook.Smaller::reason).orElse(""));
    values.add(image.value());
    client
        .sql(
            "UPDATE image SET stored_bytes = ?, urgency = ?, expected_ms = ?, refusal = ?,"
                + " smaller_level = ?, smaller_parent = ?, smaller_bytes = ?, smaller_stored = ?,"
                + " smaller_method = ?, smaller_reason = ? WHERE id = ?")
        .params(values)
        .update();
  }
}
