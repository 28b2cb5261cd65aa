/// Probes, estimates, dumps and restores a source. Takes a declared source and a sink of bytes;
/// does not know images, volumes or the catalog.
///
/// May import: `model`, `image`, `io`.
@NullMarked
package dev.holdfast.source;

import org.jspecify.annotations.NullMarked;
