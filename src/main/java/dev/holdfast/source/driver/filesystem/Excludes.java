package dev.holdfast.source.driver.filesystem;

import java.util.ArrayList;
import java.util.List;

/// Declared exclude patterns as GNU tar options (src/docs/sources.md). `*` and `?` stay within a
/// name, `**` crosses directories. `/a/b*` is anchored, `**/x` and a bare `x` match anywhere. What
/// is excluded is excluded with all below it. Never `--wildcards`: tar 1.34 then leaves every
/// directory out of an incremental archive.
///
/// @param names how tar names what the patterns are matched against
record Excludes(TarNames names) {
  List<String> options(List<String> patterns) {
    var options = new ArrayList<String>();
    for (var pattern : patterns) {
      add(options, pattern);
    }
    return options;
  }

  private void add(List<String> options, String pattern) {
    var rest =
        pattern.endsWith("/**") ? pattern.substring(0, pattern.length() - 3) + "/*" : pattern;
    boolean anywhere = rest.startsWith("**/") || !rest.contains("/");
    if (anywhere) {
      rest = rest.startsWith("**/") ? rest.substring(3) : rest;
    } else {
      rest = names.below(rest.startsWith("/") ? rest.substring(1) : rest);
    }
    options.add(anywhere ? "--no-anchored" : "--anchored");
    options.add(rest.contains("**") ? "--wildcards-match-slash" : "--no-wildcards-match-slash");
    options.add("--exclude=" + rest.replace("**", "*"));
  }
}
