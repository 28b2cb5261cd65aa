/// The words of Holdfast as records and sealed interfaces. Takes nothing, does no I/O, knows no
/// other package. A type lives here only if two packages exchange it.
///
/// May import: nothing of Holdfast.
@NullMarked
package dev.holdfast.model;

import org.jspecify.annotations.NullMarked;
