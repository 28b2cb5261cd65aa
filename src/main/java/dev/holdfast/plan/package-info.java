/// Decides, with reasons: level, order, route, flush order. Takes declarations, history and
/// estimates as plain values, gives a plan; no clock, no files.
///
/// May import: `model`, `image`, `io`.
@NullMarked
package dev.holdfast.plan;

import org.jspecify.annotations.NullMarked;
