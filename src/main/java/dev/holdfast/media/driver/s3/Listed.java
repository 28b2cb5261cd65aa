package dev.holdfast.media.driver.s3;

import java.time.Instant;

/// A key that a listing showed.
record Listed(String key, long bytes, Instant written) {}
