-- Copies of images on further storages. What lies there is said by the copy's own manifest: the same
-- image, other places.

CREATE TABLE image_copy (
  image_id VARCHAR(255) NOT NULL,
  storage VARCHAR(255) NOT NULL,
  state VARCHAR(16) NOT NULL,
  begun_ms BIGINT NOT NULL,
  stored_ms BIGINT DEFAULT 0 NOT NULL,
  manifest LONGVARCHAR,
  manifest_digest CHAR(64),
  PRIMARY KEY (image_id, storage)
);
CREATE INDEX image_copy_storage ON image_copy (storage, state);

-- What is durable of a copy that is being written, so that a run after a crash goes on behind it.
CREATE TABLE image_copy_file (
  image_id VARCHAR(255) NOT NULL,
  storage VARCHAR(255) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  number INTEGER NOT NULL,
  length BIGINT NOT NULL,
  sha256 CHAR(64) NOT NULL,
  volume VARCHAR(255) NOT NULL,
  volume_file INTEGER NOT NULL,
  PRIMARY KEY (image_id, storage, kind, number)
);
