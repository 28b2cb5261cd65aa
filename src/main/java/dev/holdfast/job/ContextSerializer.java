package dev.holdfast.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Execution contexts as JSON of texts, longs and booleans, which come back as what they were: the
/// framework casts its own to long when it continues a run. Its own serializer reads Java objects
/// back from the database, which is an old way into backup servers.
final class ContextSerializer implements ExecutionContextSerializer {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  @Override
  public void serialize(Map<String, Object> context, OutputStream out) throws IOException {
    for (var entry : context.entrySet()) {
      if (!(entry.getValue() instanceof String
          || entry.getValue() instanceof Long
          || entry.getValue() instanceof Boolean)) {
        throw new IOException("not a text, long or boolean in the context: " + entry.getKey());
      }
    }
    out.write(JSON.writeValueAsBytes(context));
  }

  @Override
  public Map<String, Object> deserialize(InputStream in) throws IOException {
    try {
      return JSON.readValue(in, new TypeReference<Map<String, Object>>() {});
    } catch (JacksonException damaged) {
      throw new IOException("execution context is not JSON", damaged);
    }
  }
}
