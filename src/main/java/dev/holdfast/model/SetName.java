package dev.holdfast.model;

import java.util.regex.Pattern;

/// A backup set's name: letters and digits, at most 255 (the console's rule).
public record SetName(String value) {
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9]{1,255}");

  public SetName {
    Names.check(RULE, "set name", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
