/// Volumes as directories on a mounted file system.
///
/// May import: `media`, `model`, `image`, `io`.
@NullMarked
package dev.holdfast.media.driver.disk;

import org.jspecify.annotations.NullMarked;
