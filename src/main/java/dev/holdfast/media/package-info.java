/// Finds a usable volume, labels it, writes and reads its files, and guards it against being
/// overwritten. Does not know sources, staging or the catalog.
///
/// May import: `model`, `image`, `io`.
@NullMarked
package dev.holdfast.media;

import org.jspecify.annotations.NullMarked;
