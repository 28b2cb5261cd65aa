package dev.holdfast.image;

import java.io.IOException;

/// Bytes failed their check. None of them was given to anyone.
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Damage damage;

  public DamagedException(Damage damage) {
    super(damage.problem().text());
    this.damage = damage;
  }

  DamagedException(Damage damage, IOException cause) {
    super(damage.problem().text(), cause);
    this.damage = damage;
  }

  public Damage damage() {
    return damage;
  }
}
