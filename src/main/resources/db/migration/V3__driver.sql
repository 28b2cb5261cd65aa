-- What the driver must know of a planned dump besides its level: its room, its place in the order,
-- and what is dumped instead when there is no room for a full.

ALTER TABLE image ADD COLUMN stored_bytes BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE image ADD COLUMN staged_ms BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE image ADD COLUMN urgency INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE image ADD COLUMN expected_ms BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE image ADD COLUMN smaller_level INTEGER;
ALTER TABLE image ADD COLUMN smaller_parent VARCHAR(255);
ALTER TABLE image ADD COLUMN smaller_bytes BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE image ADD COLUMN smaller_stored BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE image ADD COLUMN smaller_method VARCHAR(16) DEFAULT 'HISTORY' NOT NULL;
ALTER TABLE image ADD COLUMN smaller_reason VARCHAR(2000) DEFAULT '' NOT NULL;
ALTER TABLE image ADD COLUMN refusal VARCHAR(2000) DEFAULT '' NOT NULL;

ALTER TABLE image ADD COLUMN raw_bytes BIGINT DEFAULT 0 NOT NULL;

-- How large a source's dumps were expected to be, level by level, in each run.
CREATE TABLE estimate (
  run_id VARCHAR(64) NOT NULL,
  source VARCHAR(255) NOT NULL,
  level INTEGER NOT NULL,
  raw_bytes BIGINT NOT NULL,
  stored_bytes BIGINT NOT NULL,
  method VARCHAR(16) NOT NULL,
  PRIMARY KEY (run_id, source, level)
);
