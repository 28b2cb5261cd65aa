/// Durable record of runs, images, files, volumes and decisions, one database a set. A cache of
/// what media know: it can be rebuilt.
///
/// May import: `model`, `image`, `io`.
@NullMarked
package dev.holdfast.catalog;

import org.jspecify.annotations.NullMarked;
