/// The one place that switches on the kind of a storage.
///
/// May import: `media`, `model`, `image`, `io`.
@NullMarked
package dev.holdfast.media.driver;

import org.jspecify.annotations.NullMarked;
