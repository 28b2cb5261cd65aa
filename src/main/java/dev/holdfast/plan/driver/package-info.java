/// Decides what the driver does next: which dump starts, by which way, and what is done when
/// staging has no room. Pure functions of a situation that the caller describes.
@NullMarked
package dev.holdfast.plan.driver;

import org.jspecify.annotations.NullMarked;
