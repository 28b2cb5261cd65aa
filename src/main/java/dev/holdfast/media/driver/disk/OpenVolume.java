package dev.holdfast.media.driver.disk;

import dev.holdfast.io.Mounts;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The volume that a writer works on, and the questions that it asks before each file.
///
/// @param device the number of the storage's device when the label was read
record OpenVolume(Disk disk, DiskPresence presence, Path folder, long device) {

  /// Present when the disk is no longer the one whose label was read.
  Optional<AppendResult.Failed> away() {
    try {
      boolean same =
          Mounts.device(disk.path()) == device
              && Files.isRegularFile(folder.resolve(VolumeFileName.LABEL));
      return same ? Optional.empty() : Optional.of(gone("is no longer the disk that was opened"));
    } catch (IOException unreadable) {
      return Optional.of(gone("went away: " + Reason.of(unreadable)));
    }
  }

  AppendResult.Failed gone(String fact) {
    return new AppendResult.Failed(presence.away(fact), ExitCode.TEMPFAIL);
  }

  AppendResult.Failed full(String fact) {
    return new AppendResult.Failed(presence.full(fact), ExitCode.STORAGE);
  }

  AppendResult.Failed fault(String fact) {
    return new AppendResult.Failed(presence.fault(fact), ExitCode.STORAGE);
  }
}
