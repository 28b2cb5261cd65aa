package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.job.Outcomes.StorageTrouble;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceName;
import dev.holdfast.report.SourceReport.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomesTests {
  private static final Problem PROBLEM = new Problem("storage Vault", "is away", "mount it");
  private static final StorageTrouble AWAY = new StorageTrouble.Away(PROBLEM);
  private static final StorageTrouble FAULT = new StorageTrouble.Fault(PROBLEM);

  static Stream<Arguments> endsWith() {
    return Stream.of(
        argumentSet("nothing was due", List.of(), List.of(), ExitCode.OK),
        argumentSet("all good", List.of(Verdict.OK, Verdict.OK), List.of(), ExitCode.OK),
        argumentSet("one failed", List.of(Verdict.OK, Verdict.FAILED), List.of(), ExitCode.PARTIAL),
        argumentSet("one is partial", List.of(Verdict.PARTIAL), List.of(), ExitCode.PARTIAL),
        argumentSet("all failed", List.of(Verdict.FAILED), List.of(), ExitCode.FAILED),
        argumentSet("the storage is away", List.of(Verdict.OK), List.of(AWAY), ExitCode.TEMPFAIL),
        argumentSet("a flush meets no storage", List.of(), List.of(AWAY), ExitCode.TEMPFAIL),
        argumentSet("the storage is full", List.of(Verdict.OK), List.of(FAULT), ExitCode.STORAGE),
        argumentSet(
            "a fault is worse", List.of(Verdict.OK), List.of(AWAY, FAULT), ExitCode.STORAGE),
        argumentSet("a fault stays", List.of(Verdict.OK), List.of(FAULT, AWAY), ExitCode.STORAGE),
        argumentSet(
            "away comes before partial",
            List.of(Verdict.OK, Verdict.FAILED),
            List.of(AWAY),
            ExitCode.TEMPFAIL),
        argumentSet(
            "all failed comes first", List.of(Verdict.FAILED), List.of(AWAY), ExitCode.FAILED),
        argumentSet("what may be away is", List.of(Verdict.OFFLINE), List.of(), ExitCode.OK),
        argumentSet(
            "one is away, one failed",
            List.of(Verdict.OFFLINE, Verdict.FAILED),
            List.of(),
            ExitCode.FAILED),
        argumentSet(
            "one is away, the storage too",
            List.of(Verdict.OK, Verdict.OFFLINE),
            List.of(AWAY),
            ExitCode.TEMPFAIL),
        argumentSet("work waits", List.of(Verdict.SKIPPED), List.of(), ExitCode.TEMPFAIL));
  }

  @ParameterizedTest
  @MethodSource
  void endsWith(List<Verdict> ends, List<StorageTrouble> troubles, ExitCode expected) {
    var outcomes = new Outcomes();
    for (int i = 0; i < ends.size(); i++) {
      outcomes.ended(new SourceName("source" + i), ends.get(i));
    }
    troubles.forEach(outcomes::storage);

    assertThat(outcomes.exit()).isEqualTo(expected);
  }
}
