/// Disk space where images wait to be written: reserves, accepts, lists, releases, and survives a
/// crash. Does not know volumes.
///
/// May import: `model`, `image`, `io`.
@NullMarked
package dev.holdfast.staging;

import org.jspecify.annotations.NullMarked;
