/// Runs a command with streams and timeouts, writes files that appear only complete, locks, crash
/// points. Takes paths, argument lists and bytes; knows nothing of backups.
///
/// May import: nothing of Holdfast.
@NullMarked
package dev.holdfast.io;

import org.jspecify.annotations.NullMarked;
