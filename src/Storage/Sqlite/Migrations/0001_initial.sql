-- Rows of this table are the statements that Orleans' ADO.NET providers look up at start.
CREATE TABLE OrleansQuery (
  QueryKey TEXT PRIMARY KEY NOT NULL,
  QueryText TEXT NOT NULL
) STRICT;

-- One row a grain state. The primary key is the state's whole identity, so two first writes that race cannot make two rows.
-- key_hash is part of it because a text key "x" and a number key 0 with the extension "x" agree in the other columns.
CREATE TABLE grain_state (
  service_id TEXT NOT NULL,
  state_name TEXT NOT NULL,
  key_text TEXT NOT NULL,
  key_n0 INTEGER NOT NULL,
  key_n1 INTEGER NOT NULL,
  key_hash INTEGER NOT NULL,
  version INTEGER NOT NULL,
  payload TEXT,
  modified_at TEXT NOT NULL,
  PRIMARY KEY (service_id, state_name, key_text, key_n0, key_n1, key_hash)
) STRICT;

CREATE TABLE reminder (
  service_id TEXT NOT NULL,
  grain_id TEXT NOT NULL,
  reminder_name TEXT NOT NULL,
  start_time TEXT NOT NULL,
  period_ms INTEGER NOT NULL,
  grain_hash INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (service_id, grain_id, reminder_name)
) STRICT;

-- A silo reads its share of the ring by hash, every few minutes and whenever the ring changes.
CREATE INDEX reminder_by_hash ON reminder (service_id, grain_hash);
