package dev.holdfast.cli;

import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.plan.DumpPlan;
import dev.holdfast.plan.Forecast;
import dev.holdfast.plan.Plan;
import dev.holdfast.report.ForecastReport;
import dev.holdfast.report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes of plans and forecasts what reports show.
final class PlanRows {
  private PlanRows() {}

  static List<Row> of(BackupSet set, Plan plan) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < plan.dumps().size(); i++) {
      var dump = plan.dumps().get(i);
      rows.add(
          new Row.PlanRow(
              new SourceKey(set.name(), dump.source()),
              Optional.of(planned(i + 1, dump)),
              dump.choice().reason()));
    }
    plan.leftOut()
        .forEach(
            out ->
                rows.add(
                    new Row.PlanRow(
                        new SourceKey(set.name(), out.source()),
                        Optional.empty(),
                        "left out: " + out.reason())));
    return rows;
  }

  private static Row.PlanRow.Planned planned(int order, DumpPlan dump) {
    var estimate = dump.choice().estimate();
    return new Row.PlanRow.Planned(
        order,
        dump.choice().level(),
        dump.route().name().toLowerCase(Locale.ROOT),
        estimate.raw().bytes(),
        estimate.storedBytes(),
        estimate.raw().method().name().toLowerCase(Locale.ROOT));
  }

  static ForecastReport report(SetName set, Forecast forecast) {
    var volumes = forecast.volumes();
    return new ForecastReport(
        set,
        forecast.nights(),
        volumes.isPresent() ? Optional.of(volumes.getAsLong()) : Optional.empty());
  }
}
