/// What the YAML declares, linked and with defaults applied, as records.
///
/// May import: `model`.
@NullMarked
package dev.holdfast.model.declared;

import org.jspecify.annotations.NullMarked;
