package dev.holdfast.media;

import java.util.Optional;

/// A part that goes to a volume while it is formed. Nothing of it is there before `complete`
/// answered `Written`, and closed without that, nothing ever will be. Used by one thread; may stay
/// open while other files are appended to the volume, and ends with it.
public interface SendingPart extends AutoCloseable {

  /// Sends what can be sent of the bytes that are there; waits while as much is under way as may
  /// be. What is too little waits for the next call.
  ///
  /// @param size bytes of the file so far, header included
  /// @return why it cannot go on like this: `VolumeFull` when it is to be written whole, once it is
  ///     complete; `Failed` when the storage is away
  Optional<AppendResult> send(long size);

  /// Sends the rest of the file, which is complete now, and checks that what was read of its
  /// payload is what was formed before anything becomes visible.
  ///
  /// @param crc32c of the payload as it was formed
  /// @return `VolumeFull` when it is to be written whole, `Failed` when the storage is away
  AppendResult complete(long crc32c);

  @Override
  void close();
}
