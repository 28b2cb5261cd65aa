package dev.holdfast.model.declared;

import dev.holdfast.model.Compression;
import dev.holdfast.model.SourceName;
import java.util.List;
import java.util.Optional;

/// What is dumped, linked and with defaults applied.
///
/// @param host `localhost`, or a name or address
/// @param priority weighs against days overdue, in plans and in the order of dumps
/// @param compression what `compress` comes to
/// @param shrinkGuard a dump smaller than this share of the last one is suspicious
public record Source(
    SourceName name,
    About about,
    String host,
    SourceSpec spec,
    Strategy strategy,
    Priority priority,
    Compression compression,
    Compress compress,
    Encrypt encrypt,
    Optional<Operating> os,
    Optional<Agent> agent,
    Optional<Connect> connect,
    Optional<Snapshot> snapshot,
    Optional<Availability> availability,
    Optional<Threshold.Percent> shrinkGuard,
    List<Hook> hooks) {

  public Source {
    hooks = List.copyOf(hooks);
  }

  /// The machine that Holdfast itself runs on.
  public boolean isLocal() {
    return host.equals("localhost");
  }
}
