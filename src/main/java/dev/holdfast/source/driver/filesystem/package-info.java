/// Files and directories of a host, dumped and extracted by GNU tar.
///
/// May import: `source`, `model`, `image`, `io`.
@NullMarked
package dev.holdfast.source.driver.filesystem;

import org.jspecify.annotations.NullMarked;
