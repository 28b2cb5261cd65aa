package dev.holdfast.source.driver;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.declared.Application;
import dev.holdfast.model.declared.Database;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Hypervisor;
import dev.holdfast.model.declared.SourceSpec;
import dev.holdfast.source.SourceDriver;
import dev.holdfast.source.driver.filesystem.FilesystemDriver;

/// The one switch over the kinds of sources.
public final class SourceDrivers {

  private SourceDrivers() {}

  /// The driver of a source.
  ///
  /// @throws HoldfastException with exit CONFIG for a kind that is not available yet
  public static SourceDriver of(SourceKey source, SourceSpec spec) {
    return switch (spec) {
      case Filesystem filesystem -> new FilesystemDriver(source, filesystem);
      case Database _ -> throw notYet(source, "database");
      case Application _ -> throw notYet(source, "application");
      case Hypervisor _ -> throw notYet(source, "hypervisor");
    };
  }

  private static HoldfastException notYet(SourceKey source, String type) {
    return new HoldfastException(
        ExitCode.CONFIG,
        new Problem(
            "source " + source,
            "type '" + type + "' is not available yet",
            "take the source out of the set until a release that dumps it"));
  }
}
