package dev.holdfast.config;

import java.util.regex.Pattern;

/// One pattern of a source's `exclude`, read as GNU tar will read it (src/docs/sources.md).
final class Exclusion {
  private final boolean anywhere;
  private final Pattern pattern;

  Exclusion(String written) {
    var rest = written.endsWith("/**") ? written.substring(0, written.length() - 2) + "*" : written;
    this.anywhere = rest.startsWith("**/") || !rest.contains("/");
    if (rest.startsWith("**/")) {
      rest = rest.substring("**/".length());
    } else if (rest.startsWith("/")) {
      rest = rest.substring(1);
    }
    this.pattern = Pattern.compile(regex(rest), Pattern.DOTALL);
  }

  /// Whether the path, or a folder above it, matches: nothing of it is dumped then.
  boolean covers(String absolutePath) {
    var names = absolutePath.replaceAll("^/+", "").split("/+", -1);
    for (int from = 0; from < (anywhere ? names.length : 1); from++) {
      var part = new StringBuilder();
      for (int to = from; to < names.length; to++) {
        part.append(to == from ? "" : "/").append(names[to]);
        if (pattern.matcher(part).matches()) {
          return true;
        }
      }
    }
    return false;
  }

  private static String regex(String glob) {
    var one = glob.contains("**") ? "." : "[^/]";
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int closed = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(one).append('*');
      } else if (c == '?') {
        regex.append(one);
      } else if (closed > 0) {
        regex.append(characters(glob.substring(i + 1, closed)));
        i = closed;
      } else {
        i += c == '\\' && i + 1 < glob.length() ? 1 : 0;
        regex.append(Pattern.quote(glob.substring(i, i + 1)));
      }
    }
    return regex.toString();
  }

  private static String characters(String inside) {
    boolean not = inside.startsWith("!") || inside.startsWith("^");
    var escaped = inside.substring(not ? 1 : 0).replaceAll("([\\[\\]\\\\&^])", "\\\\$1");
    return "[" + (not ? "^" : "") + escaped + "]";
  }
}
