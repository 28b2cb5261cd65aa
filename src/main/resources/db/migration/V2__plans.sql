-- Decisions in the order they were taken, with the numbers behind them.
ALTER TABLE decision ADD COLUMN decided INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE decision ADD COLUMN kind VARCHAR(16) DEFAULT 'PLAN' NOT NULL;
ALTER TABLE decision ADD COLUMN numbers VARCHAR(1000) DEFAULT '' NOT NULL;
CREATE INDEX decision_subject ON decision (subject);
CREATE INDEX decision_run ON decision (run_id);

-- What the next dump of a source must be, until one obeys.
CREATE TABLE ordered (
  source VARCHAR(255) PRIMARY KEY,
  command VARCHAR(32) NOT NULL,
  given_ms BIGINT NOT NULL
);
