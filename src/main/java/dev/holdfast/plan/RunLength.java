package dev.holdfast.plan;

import dev.holdfast.model.SourceName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/// How long the dumps of a run take at least: no dump faster than alone, no host with more than
/// its share at once, no more at once than the set allows.
record RunLength(Scenario.Capacities limits, Function<SourceName, String> hostOf) {

  Duration of(List<DumpPlan> dumps) {
    long longest = 0;
    long all = 0;
    var hosts = new HashMap<String, Long>();
    for (var dump : dumps) {
      long millis = dump.expected().toMillis();
      longest = Math.max(longest, millis);
      all += millis;
      hosts.merge(hostOf.apply(dump.source()), millis, Long::sum);
    }
    long busiest = hosts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return Duration.ofMillis(
        Math.max(
            longest, Math.max(all / limits.serverParallel(), busiest / limits.clientParallel())));
  }
}
