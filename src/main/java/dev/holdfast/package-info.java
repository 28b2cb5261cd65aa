/// Holdfast: declarative, config-as-code backup. The packages and their walls are listed in
/// `src/docs/architecture.md`; `ArchitectureTests` keeps them.
@NullMarked
package dev.holdfast;

import org.jspecify.annotations.NullMarked;
