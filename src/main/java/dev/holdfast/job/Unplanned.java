package dev.holdfast.job;

import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceName;
import dev.holdfast.report.SourceReport.Verdict;

/// A source that ended before it got a place in the plan.
record Unplanned(SourceName source, Verdict verdict, Problem problem) {

  static Unplanned failed(SourceName source, Problem problem) {
    return new Unplanned(source, Verdict.FAILED, problem);
  }
}
