/// Reads the YAML of a configuration repository and links it: every problem at once, each with
/// `file:line:column`. Takes a folder, gives `Declarations` or findings; starts no run.
///
/// May import: `model`, `image`, `io`.
@NullMarked
package dev.holdfast.config;

import org.jspecify.annotations.NullMarked;
