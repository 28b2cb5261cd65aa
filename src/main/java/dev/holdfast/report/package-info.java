/// Renders a run and other results as text, JSON and JSON lines. Takes facts, gives text;
/// prints nothing.
///
/// May import: `model`, `image`, `io`.
@NullMarked
package dev.holdfast.report;

import org.jspecify.annotations.NullMarked;
