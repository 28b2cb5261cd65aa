/// Volumes as key prefixes of a bucket, over the S3 protocol.
///
/// May import: `media`, `model`, `image`, `io`.
@NullMarked
package dev.holdfast.media.driver.s3;

import org.jspecify.annotations.NullMarked;
