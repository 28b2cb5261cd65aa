package dev.holdfast.config;

import java.util.regex.Pattern;

/// Resolves plain scalars as YAML 1.2 does: `yes`, `no`, `on`, `off`, `1:30` and `0777` are no
/// booleans and no numbers of base 60 or 8, whatever older readers make of them.
final class CoreSchema {
  private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
  private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
              + "|[-+]?(?:\\.inf|\\.Inf|\\.INF)|\\.nan|\\.NaN|\\.NAN");

  private CoreSchema() {}

  static Value.Core resolve(String plain) {
    if (NULL.matcher(plain).matches()) {
      return Value.Core.NULL;
    }
    if (BOOLEAN.matcher(plain).matches()) {
      return Value.Core.BOOLEAN;
    }
    if (INTEGER.matcher(plain).matches()) {
      return Value.Core.INTEGER;
    }
    return FLOAT.matcher(plain).matches() ? Value.Core.FLOAT : Value.Core.STRING;
  }
}
