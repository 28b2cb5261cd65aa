package dev.holdfast.plan;

import dev.holdfast.model.ByteSize;

/// Numbers as reasons say them.
final class Words {
  private Words() {}

  static String days(long number) {
    return number == 1 ? "1 day" : number + " days";
  }

  static String size(long bytes) {
    return new ByteSize(bytes).human();
  }
}
