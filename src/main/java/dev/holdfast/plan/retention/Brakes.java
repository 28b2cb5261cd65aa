package dev.holdfast.plan.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What stops a prune that expired images alone would allow: a clock that cannot be trusted, and
/// more going at once than a person expects. Whoever retention is decided for by a wrong clock
/// loses everything that the clock makes old.
///
/// @param mostPercent largest share of a set's images in a storage that may go at once
/// @param mostJump longest time between two runs that is believed
public record Brakes(int mostPercent, Duration mostJump) {

  /// What earlier runs tell of the time.
  ///
  /// @param moments starts of runs and points in time of images, in any order
  /// @param confirmed when a person last agreed to a prune: jumps before it were looked at
  /// @param newestConfirmed the newest image that there was then, if it was ahead of the clock
  public record Times(
      Collection<Instant> moments, Optional<Instant> confirmed, Optional<Instant> newestConfirmed) {
    public Times {
      moments = List.copyOf(moments);
    }
  }

  /// Every brake that holds; none while nothing expires.
  ///
  /// @param images of the storage, those that expire included
  public List<Brake> holding(int expiring, int images, Times times, Instant now) {
    if (expiring == 0) {
      return List.of();
    }
    var brakes = new ArrayList<Brake>();
    behind(times, now).ifPresent(brakes::add);
    ahead(times, now).ifPresent(brakes::add);
    if ((long) expiring * 100 > (long) mostPercent * images) {
      brakes.add(new Brake.ShareTooLarge(expiring, images, mostPercent));
    }
    return brakes;
  }

  private static Optional<Brake> behind(Times times, Instant now) {
    return times.moments().stream()
        .filter(moment -> moment.isAfter(now))
        .filter(moment -> times.newestConfirmed().filter(seen -> !moment.isAfter(seen)).isEmpty())
        .max(Instant::compareTo)
        .map(newest -> new Brake.ClockBehind(now, newest));
  }

  /// Every jump is looked at, not only the last: the run after a wrong one would trust it.
  private Optional<Brake> ahead(Times times, Instant now) {
    var line =
        Stream.concat(
                times.moments().stream().filter(moment -> !moment.isAfter(now)), Stream.of(now))
            .sorted()
            .toList();
    for (int i = line.size() - 1; i > 0; i--) {
      var from = line.get(i - 1);
      var to = line.get(i);
      boolean seen = times.confirmed().filter(at -> !to.isAfter(at)).isPresent();
      if (!seen && Duration.between(from, to).compareTo(mostJump) > 0) {
        return Optional.of(new Brake.ClockAhead(from, to, mostJump));
      }
    }
    return Optional.empty();
  }
}
