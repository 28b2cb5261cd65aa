package dev.holdfast.source.driver.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarNamesTests {

  @Test
  void namesAreRelativeExceptBelowTheRootDirectory() {
    var some = TarNames.of(List.of("/srv/www", "/etc/"));
    var all = TarNames.of(List.of("/"));

    assertThat(some.of("/etc/")).isEqualTo("etc");
    assertThat(some.below("srv/*.log")).isEqualTo("srv/*.log");
    assertThat(all.of("/")).isEqualTo("/");
    assertThat(all.of("/etc")).isEqualTo("/etc");
    assertThat(all.below("srv/*.log")).isEqualTo("/srv/*.log");
  }

  @ParameterizedTest
  @CsvSource({"srv/www, srv", "srv, ''", "/srv/www, /srv", "/srv, /", "/, ''"})
  void aNameIsInADirectoryUpToTheRoot(String name, String parent) {
    assertThat(TarNames.parent(name)).isEqualTo(parent);
  }
}
