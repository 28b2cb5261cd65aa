package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.declared.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTests {
  private static final String CANARY = "c4n4ry-value";

  @TempDir Path root;

  @Test
  void aValueComesFromEachProvider() throws IOException {
    var file = file("rw-------", CANARY + "\n");
    Files.writeString(root.resolve("unit"), CANARY);
    var secrets = secrets(Map.of("KEY", CANARY, "CREDENTIALS_DIRECTORY", root.toString()));

    assertThat(
            List.of(
                secrets.value(env("KEY")),
                secrets.value(file(file.toString())),
                secrets.value(file("${repo}/value")),
                secrets.value(credential("unit")),
                secrets.value(command("printf", "%s\\n", CANARY))))
        .containsOnly(CANARY);
  }

  @Test
  void aFileThatOthersReadIsRefused() throws IOException {
    var file = file("rw-r-----", CANARY);

    refused(file(file.toString()), "may be read or written by others", "chmod 600");
  }

  @Test
  void whatHasNoValueIsNamedWithoutOne() throws IOException {
    refused(env("MISSING"), "secret from environment variable MISSING: is not set", "set it");
    refused(file(root.resolve("none").toString()), "cannot be read", "no such file");
    refused(credential("unit"), "CREDENTIALS_DIRECTORY is not set", "LoadCredential=unit");
    refused(command("false"), "secret from command false: ended with 1", "by hand");
    refused(command("/nowhere/at/all"), "cannot be run", "");
    refused(command("true"), "is empty", "");
    refused(command("printf", "%s\\n%s\\n", CANARY, CANARY), "more than one line", "");
    refused(file(file("rw-------", "").toString()), "is empty", "");
  }

  @Test
  void aValueThatWasRenewedIsFound() throws IOException {
    var file = file("rw-------", "old");
    var secrets = secrets(Map.of());
    assertThat(secrets.value(file(file.toString()))).isEqualTo("old");

    Files.writeString(file, "new");

    assertThat(secrets.value(file(file.toString()))).isEqualTo("new");
  }

  private void refused(Secret secret, String fact, String more) {
    assertThatThrownBy(() -> secrets(Map.of()).value(secret))
        .isInstanceOfSatisfying(
            HoldfastException.class, thrown -> assertThat(thrown.exit()).isEqualTo(ExitCode.SECRET))
        .hasMessageContaining(fact)
        .hasMessageContaining(more)
        .hasMessageNotContaining(CANARY);
  }

  private Secrets secrets(Map<String, String> environment) {
    return new Secrets(root, root.resolve("state"), environment);
  }

  private Path file(String mode, String text) throws IOException {
    var file = Files.writeString(root.resolve("value"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static Secret env(String name) {
    return ref(Optional.of(name), Optional.empty(), Optional.empty(), List.of());
  }

  private static Secret file(String path) {
    return ref(Optional.empty(), Optional.of(path), Optional.empty(), List.of());
  }

  private static Secret credential(String name) {
    return ref(Optional.empty(), Optional.empty(), Optional.of(name), List.of());
  }

  private static Secret command(String... words) {
    return ref(Optional.empty(), Optional.empty(), Optional.empty(), List.of(words));
  }

  private static Secret ref(
      Optional<String> env,
      Optional<String> file,
      Optional<String> credential,
      List<String> command) {
    return new Secret(new Secret.Ref(env, file, credential, command, Optional.empty()));
  }
}
