/// The commands: verbs, options, output, exit codes. The only package that prints.
///
/// May import: `job`, `config`, `plan`, `catalog`, `report`, `model`.
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
