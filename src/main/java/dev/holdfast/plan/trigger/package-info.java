/// What starts runs from outside: timers of the system and jobs of CI systems, rendered from the
/// schedules, and how they differ from what is installed. Pure text; reads and writes no files.
///
/// May import: `model`, `image`.
@NullMarked
package dev.holdfast.plan.trigger;

import org.jspecify.annotations.NullMarked;
