package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The one exit code of a command over several sets.
class ExitCodeTests {

  static Stream<Arguments> putsExitCodesTogether() {
    return Stream.of(
        argumentSet("nothing was due", List.of(), ExitCode.OK),
        argumentSet("all good", List.of(ExitCode.OK, ExitCode.OK), ExitCode.OK),
        argumentSet("all failed", List.of(ExitCode.FAILED, ExitCode.FAILED), ExitCode.FAILED),
        argumentSet(
            "one failed beside a good one",
            List.of(ExitCode.OK, ExitCode.FAILED),
            ExitCode.PARTIAL),
        argumentSet("one is locked", List.of(ExitCode.LOCKED, ExitCode.OK), ExitCode.LOCKED),
        argumentSet(
            "one waits, one is partial",
            List.of(ExitCode.TEMPFAIL, ExitCode.PARTIAL),
            ExitCode.PARTIAL),
        argumentSet(
            "a storage fault is worse than a failed source",
            List.of(ExitCode.STORAGE, ExitCode.FAILED, ExitCode.OK),
            ExitCode.STORAGE),
        argumentSet(
            "a signal ends everything",
            List.of(ExitCode.STORAGE, ExitCode.TERMINATED),
            ExitCode.TERMINATED));
  }

  @ParameterizedTest
  @MethodSource
  void putsExitCodesTogether(List<ExitCode> exits, ExitCode expected) {
    assertThat(ExitCode.together(exits)).isEqualTo(expected);
  }
}
