-- What a verify found of a copy: retention of a further storage counts only what was read there.

ALTER TABLE image_copy ADD COLUMN verified_ms BIGINT;
ALTER TABLE image_copy ADD COLUMN damaged_ms BIGINT;
