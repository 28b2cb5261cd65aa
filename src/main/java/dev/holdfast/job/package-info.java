/// Conducts: compiles a plan into a Spring Batch job, runs it once, restarts it after a crash;
/// conducts restore and verify. The only package that knows Spring.
///
/// May import: `config`, `plan`, `source`, `staging`, `media`, `catalog`, `report`, `model`,
/// `image`, `io`.
@NullMarked
package dev.holdfast.job;

import org.jspecify.annotations.NullMarked;
