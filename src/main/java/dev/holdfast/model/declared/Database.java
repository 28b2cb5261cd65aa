package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;
import java.util.List;
import java.util.Optional;

/// A source of type `database`; declared and checked, dumped by a later release.
public record Database(
    @Key("the product") Engine engine,
    @Key(value = "its port", min = 1, max = 65535) Optional<Integer> port,
    @Key(value = "databases; none named = all", text = TextRule.SENTENCE) List<String> names,
    @Key(value = "the login name", text = TextRule.SENTENCE) Optional<String> user,
    @Key("its password") Optional<Secret> password,
    @Key(value = "form of the dump", initially = "custom") Format format,
    @Key(value = "dump roles and table spaces too", initially = "true") boolean includeGlobals,
    @Key("a smaller dump is a failure") Optional<ByteSize> minBytes)
    implements SourceSpec {

  public Database {
    names = List.copyOf(names);
  }

  public enum Engine {
    POSTGRESQL,
    MARIADB,
    MYSQL
  }

  public enum Format {
    CUSTOM,
    DIRECTORY,
    PLAIN
  }
}
