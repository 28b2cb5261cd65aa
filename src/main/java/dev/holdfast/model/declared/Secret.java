package dev.holdfast.model.declared;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A secret by reference; its value is never in the configuration.
public record Secret(@Key("where the value comes from, exactly one provider") Ref secretRef) {

  /// Exactly one of the providers.
  public record Ref(
      @Key(value = "an environment variable", text = TextRule.NAME) Optional<String> env,
      @Key(value = "a file that holds nothing else", text = TextRule.PATH) Optional<String> file,
      @Key(value = "a systemd credential", text = TextRule.NAME) Optional<String> credential,
      @Key(value = "a command without a shell; its output", text = TextRule.SENTENCE)
          List<String> command,
      @Key(value = "a key path in the project's sops file", text = TextRule.NAME)
          Optional<String> sops) {

    public Ref {
      command = List.copyOf(command);
    }

    public int providers() {
      return (int) Stream.of(env, file, credential, sops).filter(Optional::isPresent).count()
          + (command.isEmpty() ? 0 : 1);
    }
  }
}
