package dev.holdfast.cli;

import java.util.regex.Pattern;

/// Shares as people type them for a simulation.
final class Shares {
  /// Ten years.
  static final int MOST_DAYS = 3653;

  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)%");
  private static final Pattern GROWTH =
      Pattern.compile("(-?\\d{1,3}(?:\\.\\d{1,3})?)%(?:/(month|year))?");
  private static final int MONTHS = 12;

  private Shares() {}

  /// `3%`, at most 100.
  static double share(String text) {
    var match = SHARE.matcher(text.strip());
    if (!match.matches() || Double.parseDouble(match.group(1)) > 100) {
      throw Refusal.usage("'" + text + "' is not a share", "as 3%");
    }
    return Double.parseDouble(match.group(1)) / 100;
  }

  /// `1%/month` or `12%/year`, in parts of one a month.
  static double growth(String text) {
    var match = GROWTH.matcher(text.strip());
    if (!match.matches() || Double.parseDouble(match.group(1)) <= -100) {
      throw Refusal.usage("'" + text + "' is not a growth", "as 1%/month or 12%/year");
    }
    double share = Double.parseDouble(match.group(1)) / 100;
    return "year".equals(match.group(2)) ? Math.pow(1 + share, 1.0 / MONTHS) - 1 : share;
  }
}
