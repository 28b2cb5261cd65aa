package dev.holdfast.job;

import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Source;
import dev.holdfast.plan.DumpOrder;
import dev.holdfast.plan.driver.WaitingDump;
import java.util.Comparator;
import java.util.function.Function;

/// Tells the driver which of several dumps a dumper prefers, and what a dump takes of the network.
///
/// @param set whose `how.backupOrder` and sources decide
record DumpPreference(BackupSet set) {

  /// The taste of one dumper.
  ///
  /// @param dumper its number, from 0
  Comparator<WaitingDump> of(int dumper, Function<WaitingDump, PlannedDump> planned) {
    var order = new DumpOrder(set.how().backupOrder()).preference(dumper);
    return Comparator.comparing(planned.andThen(this::asked), order);
  }

  /// Bytes a second that it is expected to take of the network; 0 when it takes none, or nobody
  /// knows.
  long rate(PlannedDump planned) {
    long millis = planned.outlook().expected().toMillis();
    return source(planned).isLocal() || millis == 0
        ? 0
        : planned.estimate().bytes() * 1000 / millis;
  }

  Source source(PlannedDump planned) {
    var name = planned.source().source();
    return set.source(name)
        .orElseThrow(() -> new IllegalStateException("source " + name + " left the set"));
  }

  private DumpOrder.Waiting asked(PlannedDump planned) {
    var outlook = planned.outlook();
    return new DumpOrder.Waiting(
        planned.source().source(),
        source(planned).priority(),
        outlook.storedBytes(),
        outlook.expected());
  }
}
