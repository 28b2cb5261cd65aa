/// Programs that measure. They are no tests: nothing here is asserted.
@NullMarked
package dev.holdfast.bench;

import org.jspecify.annotations.NullMarked;
