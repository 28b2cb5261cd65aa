/// The one place that switches on the kind of a source.
///
/// May import: `source`, `model`, `image`, `io`.
@NullMarked
package dev.holdfast.source.driver;

import org.jspecify.annotations.NullMarked;
