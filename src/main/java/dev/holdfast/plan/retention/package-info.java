/// How long images stay: which of them are kept and why, which have expired, and what must stop a
/// prune. Pure; knows no clock, no files, no catalog and no media.
///
/// May import: `model`.
@NullMarked
package dev.holdfast.plan.retention;

import org.jspecify.annotations.NullMarked;
