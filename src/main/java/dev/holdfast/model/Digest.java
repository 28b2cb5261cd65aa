package dev.holdfast.model;

import java.util.regex.Pattern;

/// A SHA-256, as 64 lower-case hexadecimal digits.
public record Digest(String hex) {
  private static final Pattern RULE = Pattern.compile("[0-9a-f]{64}");

  public Digest {
    if (!RULE.matcher(hex).matches()) {
      throw new IllegalArgumentException("SHA-256 is 64 hexadecimal digits, was '" + hex + "'");
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
