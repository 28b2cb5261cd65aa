package dev.holdfast.model.declared;

import java.util.regex.Pattern;

/// The forms of text in a declaration. A value with `${var.x}` is checked once the variable stands.
public enum TextRule {
  LINE("[^\\n]*", "one line of text", "write it on one line"),
  PROSE("[\\s\\S]*", "text", "write text"),
  NAME(
      "[A-Za-z0-9][A-Za-z0-9_.-]{0,254}",
      "a name",
      "letters, digits, dot, dash and underscore, starting with a letter or digit, at most 255"),
  SET_NAME("[A-Za-z0-9]{1,255}", "a set name", "letters and digits only, at most 255"),
  HOST(
      "[A-Za-z0-9][A-Za-z0-9_.:-]{0,252}",
      "a host name or address",
      "letters, digits, dots, dashes and colons, starting with a letter or digit"),
  PATH(
      "(?:/|\\$\\{(?:state|repo)\\}(?:/|$)|[A-Za-z]:/)[^\\x00-\\x1f]*",
      "an absolute path",
      "start with '/', or with '${state}/' or '${repo}/'"),
  PLACED_PATH(
      "(?:/|\\$\\{(?:state|repo)\\}(?:/|$))[^\\x00-\\x1f]*",
      "an absolute path",
      "start with '/', or with '${state}/' or '${repo}/'; '${set}' may follow"),
  PATTERN("[^\\x00-\\x1f]+", "a shell pattern", "write a pattern as '**/*.bak'"),
  SENTENCE("[^\\n]+", "a line that is not empty", "write at least one character"),
  EMAIL("[^@\\s]+@[^@\\s]+", "an e-mail address", "write it as 'name@example.org'"),
  URL(
      "https?://[^\\s@/]+(?:/[^\\s@]*)?",
      "an http or https URL without credentials",
      "write it as 'https://host/path'; credentials are secretRef objects"),
  LABELS("[A-Za-z0-9_.-]+=[^\\n]*", "a label and its value", "write it as 'tier=bronze'"),
  LABEL_TEMPLATE(
      "(?![_.-])(?:[A-Za-z0-9_.-]|\\$\\{set\\})*\\$\\{n:[1-9]\\}[A-Za-z0-9_.-]*",
      "a label template",
      "letters, digits, '.', '-', '_' and '${set}', with the volume's number as '${n:3}';"
          + " no '.', '-' or '_' first"),
  COPY_LABEL_TEMPLATE(
      "(?![_.-])(?:[A-Za-z0-9_.-]|\\$\\{(?:set|storage)\\})*\\$\\{n:[1-9]\\}[A-Za-z0-9_.-]*",
      "a label template",
      "letters, digits, '.', '-', '_', '${set}' and '${storage}', with the volume's number as"
          + " '${n:3}'; no '.', '-' or '_' first"),
  NAME_TEMPLATE(
      "[A-Za-z0-9](?:[A-Za-z0-9_.-]|\\$\\{(?:host|index(?::[1-9])?)\\})*"
          + "|\\$\\{host\\}(?:[A-Za-z0-9_.-]|\\$\\{(?:host|index(?::[1-9])?)\\})*",
      "a name template",
      "letters, digits, '.', '-', '_' with '${host}' or '${index:2}'"),
  SLOTS("[0-9]{1,5}(?:-[0-9]{1,5})?", "a slot or a range of slots", "write it as '9-13'"),
  PORTS("[0-9]{1,5}-[0-9]{1,5}", "a range of ports", "write it as '1025-1040'"),
  ORDER("[sStTbB]{1,255}", "a backup order", "use the letters s, S, t, T, b and B"),
  CRON("(?:[0-9*/,A-Za-z-]+ +){4}[0-9*/,A-Za-z-]+", "a cron line", "write it as '30 17 * * 1-5'"),
  BACKOFF("[0-9]+[smhd]\\.\\.[0-9]+[smhd]", "two durations", "write it as '5m..1h'"),
  VERSIONS("[<>=0-9. ]+", "a range of versions", "write it as '>=1.0 <2.0'"),
  AMOUNT("[0-9]{1,9}(?:\\.[0-9]{1,9})?", "an amount", "write it in quotes, as \"0.023\""),
  MODE("0[0-7]{3}", "a file mode", "write it in quotes, as \"0700\""),
  DEVICE("[A-Za-z0-9][A-Za-z0-9_.:+-]*", "a stable device id", "take a name of /dev/tape/by-id");

  private final Pattern pattern;
  private final String words;
  private final String hint;

  TextRule(String pattern, String words, String hint) {
    this.pattern = Pattern.compile(pattern);
    this.words = words;
    this.hint = hint;
  }

  public boolean allows(String text) {
    return pattern.matcher(text).matches();
  }

  /// The regular expression, in the part of the syntax that Java and ECMA-262 share.
  public String pattern() {
    return pattern.pattern();
  }

  public String words() {
    return words;
  }

  public String hint() {
    return hint;
  }
}
