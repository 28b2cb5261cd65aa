package dev.holdfast.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the records of every storage kind keep, seen by hosts that know nothing of each other.
public abstract class ShelfContract {
  protected static final String LEASE = "Demo/lease";

  /// As one host sees the shelf; each call another host, all of them the same records.
  protected abstract Shelf shelf() throws IOException;

  @Test
  void whatWasNeverWrittenIsNotThere() throws IOException {
    assertThat(shelf().read(LEASE)).isEmpty();
    assertThat(shelf().read("Demo/catalog")).isEmpty();
  }

  @Test
  void aRecordIsReadBackByAnotherHostByteForByte() throws IOException {
    var bytes = new byte[300_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }

    var put = shelf().put("Demo/catalog", bytes);

    assertThat(shelf().read("Demo/catalog")).contains(put);
    assertThat(put.bytes()).isEqualTo(bytes);
    assertThat(put.name()).isEqualTo("Demo/catalog");
  }

  @Test
  void anEmptyRecordIsARecord() throws IOException {
    shelf().put(LEASE, new byte[0]);

    assertThat(shelf().read(LEASE).map(held -> held.bytes().length)).contains(0);
  }

  @Test
  void theSecondToCreateLearnsThatItCameSecondAndChangesNothing() throws IOException {
    var first = shelf().create(LEASE, text("one"));

    var second = shelf().create(LEASE, text("two"));

    assertThat(first).isPresent();
    assertThat(second).isEmpty();
    assertThat(shelf().read(LEASE)).isEqualTo(first);
  }

  @Test
  void aRecordIsReplacedByWhoKnowsItsNewestVersionOnly() throws IOException {
    var first = shelf().create(LEASE, text("one")).orElseThrow();
    var second = shelf().replace(first, text("two")).orElseThrow();

    assertThat(shelf().replace(first, text("three"))).isEmpty();
    assertThat(shelf().read(LEASE)).contains(second);
    assertThat(shelf().replace(second, text("four"))).isPresent();
    assertThat(read()).isEqualTo("four");
  }

  @Test
  void aRecordThatIsGoneIsNotReplaced() throws IOException {
    var held = shelf().create(LEASE, text("one")).orElseThrow();
    shelf().remove(held);

    assertThat(shelf().replace(held, text("two"))).isEmpty();
    assertThat(shelf().read(LEASE)).isEmpty();
  }

  @Test
  void putOverwritesWhateverIsThere() throws IOException {
    shelf().create(LEASE, text("one"));

    shelf().put(LEASE, text("two"));

    assertThat(read()).isEqualTo("two");
  }

  @Test
  void onlyTheVersionThatIsKnownIsRemoved() throws IOException {
    var first = shelf().create(LEASE, text("one")).orElseThrow();
    var second = shelf().put(LEASE, text("two"));

    shelf().remove(first);
    assertThat(shelf().read(LEASE)).contains(second);

    shelf().remove(second);
    assertThat(shelf().read(LEASE)).isEmpty();
    shelf().remove(second);
    assertThat(shelf().create(LEASE, text("three"))).isPresent();
  }

  @Test
  void recordsOfDifferentNamesAreApart() throws IOException {
    shelf().put("Demo/lease", text("one"));
    shelf().put("Other/lease", text("two"));
    shelf().put("Demo/catalog", text("three"));

    assertThat(read()).isEqualTo("one");
  }

  @Test
  void oneOfManyThatCreateAtTheSameTimeWins() throws Exception {
    var won = atOnce(8, n -> shelf().create(LEASE, text("host " + n)));

    assertThat(won.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(shelf().read(LEASE)).isEqualTo(won.stream().flatMap(Optional::stream).findFirst());
  }

  @Test
  void ofManyThatReplaceTheSameVersionTheOneThatIsReadHasWon() throws Exception {
    var before = shelf().put(LEASE, text("before"));

    var won = atOnce(8, n -> shelf().replace(before, text("host " + n)));

    assertThat(won.stream().flatMap(Optional::stream)).hasSizeBetween(1, mostWinners());
    assertThat(won).contains(shelf().read(LEASE));
  }

  /// Of hosts that replace the same version at the same time; more than one only on a server that
  /// looks at the version and then writes.
  protected int mostWinners() {
    return 1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/lease", "Demo/", "Demo//lease", "../lease", "Demo/.lease", "a b"})
  void aNameThatIsNoPathAndKeyAlikeIsRefused(String name) throws IOException {
    var shelf = shelf();

    assertThatThrownBy(() -> shelf.put(name, text("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> shelf.read(name)).isInstanceOf(IllegalArgumentException.class);
  }

  protected final String read() throws IOException {
    return new String(shelf().read(LEASE).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  protected static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Optional<Shelf.Held>> atOnce(int hosts, Try change) throws Exception {
    var results = Collections.synchronizedList(new ArrayList<Optional<Shelf.Held>>());
    try (var threads = Executors.newFixedThreadPool(hosts)) {
      var tries =
          IntStream.range(0, hosts)
              .<Callable<Boolean>>mapToObj(n -> () -> results.add(change.by(n)))
              .toList();
      for (var done : threads.invokeAll(tries)) {
        done.get();
      }
    }
    return results;
  }

  private interface Try {
    Optional<Shelf.Held> by(int host) throws IOException;
  }
}
