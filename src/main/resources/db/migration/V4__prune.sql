-- What retention asks and leaves behind. An image goes STORED -> EXPIRED (its tombstone: it counts
-- no more, its files may still be there) -> PRUNED (nothing of it is left but this row).

ALTER TABLE image ADD COLUMN ended_ms BIGINT;
ALTER TABLE image ADD COLUMN end_reason VARCHAR(2000) DEFAULT '' NOT NULL;
ALTER TABLE image ADD COLUMN verified_ms BIGINT;
ALTER TABLE image ADD COLUMN damaged_ms BIGINT;

-- Volumes of which nothing is pruned and to which nothing is written.
CREATE TABLE hold (
  label VARCHAR(255) PRIMARY KEY,
  since_ms BIGINT NOT NULL,
  reason VARCHAR(2000) NOT NULL
);

-- Prunes that a person agreed to, and the newest image that there was then.
CREATE TABLE agreement (
  digest CHAR(64) NOT NULL,
  given_ms BIGINT NOT NULL,
  newest_ms BIGINT NOT NULL
);

-- The set's life has ended, as long as no run comes after it.
CREATE TABLE retirement (
  given_ms BIGINT PRIMARY KEY,
  outcome VARCHAR(16) NOT NULL,
  reason VARCHAR(2000) NOT NULL
);
