/// The format on media (format 1): headers, parts, frames, index and manifest, written in one pass
/// and read back only after their digests were checked. Takes a byte stream, gives files; does not
/// know where they are kept, which program made the stream, or why.
///
/// May import: `model`, `io`.
@NullMarked
package dev.holdfast.image;

import org.jspecify.annotations.NullMarked;
