package dev.holdfast.plan.retention;

import dev.holdfast.model.declared.Media.Keep;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import dev.holdfast.plan.retention.KeepReason.Kind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Gives the places of `media.keep` to the images of one source: the newest of each of so many
/// hours, days, weeks, months or years that have one. Periods without an image take no place, so a
/// source that stood still for a month loses nothing by it.
record Places(Keep keep, ZoneId zone) {

  /// Who is told that an image has a place.
  interface Keeper {
    void keep(AgingImage image, Kind kind, String text);
  }

  /// @param newestFirst the images that can be restored
  void fill(List<AgingImage> newestFirst, Keeper keeper) {
    place(
        keep.last(),
        newestFirst,
        AgingImage::image,
        image -> keeper.keep(image, Kind.LAST, "one of the last " + keep.last().orElse(0)));
    periods(keep.hourly(), newestFirst, Period.HOUR, keeper);
    periods(keep.daily(), newestFirst, Period.DAY, keeper);
    periods(keep.weekly(), newestFirst, Period.WEEK, keeper);
    periods(keep.monthly(), newestFirst, Period.MONTH, keeper);
    periods(keep.yearly(), newestFirst, Period.YEAR, keeper);
  }

  private void periods(
      Optional<Integer> places, List<AgingImage> images, Period period, Keeper keeper) {
    place(
        places,
        images,
        image -> period.of(image.at().atZone(zone)),
        image ->
            keeper.keep(image, period.kind, period.words + period.name(image.at().atZone(zone))));
  }

  /// Good images have these places among themselves, partial ones as many: none takes another's.
  private static void place(
      Optional<Integer> places,
      List<AgingImage> newestFirst,
      Function<AgingImage, Object> period,
      Consumer<AgingImage> keeper) {
    for (var soundness : List.of(Soundness.GOOD, Soundness.PARTIAL)) {
      var newest = new LinkedHashMap<Object, AgingImage>();
      newestFirst.stream()
          .filter(image -> image.soundness() == soundness)
          .forEach(image -> newest.putIfAbsent(period.apply(image), image));
      newest.values().stream().limit(places.orElse(0)).forEach(keeper);
    }
  }

  /// A stretch of local time. Weeks begin on Monday and belong to the year that has their Thursday.
  private enum Period {
    HOUR(Kind.HOURLY, "the newest of the hour "),
    DAY(Kind.DAILY, "the newest of "),
    WEEK(Kind.WEEKLY, "the newest of week "),
    MONTH(Kind.MONTHLY, "the newest of "),
    YEAR(Kind.YEARLY, "the newest of ");

    final Kind kind;
    final String words;

    Period(Kind kind, String words) {
      this.kind = kind;
      this.words = words;
    }

    /// Equal for two times of the same period only. The hour that comes twice in autumn is two.
    Object of(ZonedDateTime at) {
      return switch (this) {
        case HOUR -> at.truncatedTo(ChronoUnit.HOURS).toInstant();
        case DAY -> at.toLocalDate();
        case WEEK, MONTH, YEAR -> name(at);
      };
    }

    String name(ZonedDateTime at) {
      LocalDate day = at.toLocalDate();
      return switch (this) {
        case HOUR -> day + "T%02d".formatted(at.getHour());
        case DAY -> day.toString();
        case WEEK ->
            "%d-W%02d"
                .formatted(
                    day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        case MONTH -> "%d-%02d".formatted(day.getYear(), day.getMonthValue());
        case YEAR -> String.valueOf(day.getYear());
      };
    }
  }
}
