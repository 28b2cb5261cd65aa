package dev.holdfast.plan;

import dev.holdfast.model.SourceName;

/// A source as a simulation supposes it.
///
/// @param fullBytes raw bytes of its full on the first day
/// @param change share of the full that changes in a day, 0..1
/// @param ratio stored bytes of one raw byte
/// @param history images that it has already
public record SimulatedSource(
    SourceName name,
    SourceInput.Terms terms,
    long fullBytes,
    double change,
    double ratio,
    History history) {

  /// Raw bytes of a full after some days of growth.
  long full(double growth) {
    return Math.round(fullBytes * growth);
  }

  /// Raw bytes of an incremental: what changed since its parent, each byte counted once however
  /// often it changed.
  long incremental(double growth, double daysSinceParent) {
    return Math.round(full(growth) * (1 - Math.pow(1 - change, daysSinceParent)));
  }
}
