package dev.holdfast.media.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.declared.About;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.model.declared.StorageSpec;
import dev.holdfast.model.declared.Tape;
import dev.holdfast.model.declared.Taperscan;
import dev.holdfast.model.declared.Threshold;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoragesTests {
  @TempDir Path root;

  @Test
  void aDiskIsOpenedUnderItsDeclaredNameAndNotTouched() {
    var path = root.resolve("vault");
    var disk =
        new Disk(
            path,
            Optional.empty(),
            false,
            new Threshold.Percent(0),
            Optional.empty(),
            0,
            Optional.empty(),
            true);

    var storage = Storages.open(declared(disk));

    assertThat(storage.name()).isEqualTo("Vault");
    assertThat(path).doesNotExist();
    storage.check(Set.of());
    assertThat(path).isDirectory();
  }

  static List<Arguments> otherKindsAreRefusedByName() {
    var tape =
        new Tape(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            false,
            false,
            Optional.empty(),
            Optional.empty());
    return List.of(Arguments.of("tape", tape));
  }

  @ParameterizedTest
  @MethodSource
  void otherKindsAreRefusedByName(String kind, StorageSpec spec) {
    assertThatThrownBy(() -> Storages.open(declared(spec)))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> assertThat(refused.exit()).isEqualTo(ExitCode.CONFIG))
        .hasMessage(
            """
            storage/vault.yaml:3:7: storage 'Vault' is of type %s, which is not available yet
            HINT: use a storage of type disk or s3"""
                .formatted(kind));
  }

  private static Storage declared(StorageSpec spec) {
    var about = new About(new Place("storage/vault.yaml", 3, 7), "", "", Map.of(), List.of());
    return new Storage(
        "Vault", about, spec, Taperscan.TRADITIONAL, false, Optional.empty(), Optional.empty());
  }
}
