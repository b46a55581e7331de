-- oldest: 0.2.0
-- What is listed, searched, counted, grows, or changes together with something else. One database serves one service.
CREATE TABLE account (
  account_id TEXT PRIMARY KEY NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  connection TEXT NOT NULL,
  is_being_erased INTEGER NOT NULL,
  status TEXT NOT NULL,
  status_rank INTEGER NOT NULL,
  problem TEXT,
  display_name TEXT NOT NULL,
  folded TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  portal_key TEXT NOT NULL,
  connected_at TEXT NOT NULL,
  last_run_at TEXT,
  last_success_at TEXT,
  next_run_at TEXT,
  failures_in_a_row INTEGER NOT NULL,
  decided_run INTEGER NOT NULL,
  has_work INTEGER NOT NULL
) STRICT;

CREATE INDEX account_by_portal ON account (portal_key);

-- The link of a user, what was announced for it, and what the last run made of it.
CREATE TABLE employee (
  account_id TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  user_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  folded TEXT NOT NULL,
  outcome TEXT,
  reason_code TEXT,
  reason TEXT,
  employee_id INTEGER,
  link_email TEXT,
  link_origin TEXT,
  linked_at TEXT,
  intent TEXT,
  is_listed INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  run INTEGER NOT NULL,
  PRIMARY KEY (account_id, user_id)
) STRICT;

CREATE TABLE history (
  account_id TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  at TEXT NOT NULL,
  run_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (account_id, user_id, entry)
) STRICT;

CREATE TABLE run (
  account_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  run_id TEXT NOT NULL,
  status TEXT NOT NULL,
  finished_at TEXT NOT NULL,
  scope TEXT NOT NULL,
  only_user INTEGER,
  error_code TEXT,
  calls_bitrix24 INTEGER NOT NULL,
  calls_call_gear INTEGER NOT NULL,
  summary TEXT NOT NULL,
  PRIMARY KEY (account_id, number)
) STRICT;

CREATE UNIQUE INDEX run_by_id ON run (account_id, run_id);
CREATE INDEX run_by_end ON run (finished_at);

-- A change is reported by the runs from first_run on and before until_run: by one run alone, or for as long as it stands.
CREATE TABLE run_change (
  account_id TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  first_run INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  outcome_rank INTEGER NOT NULL,
  until_run INTEGER NOT NULL,
  reason_code TEXT,
  detail TEXT NOT NULL,
  PRIMARY KEY (account_id, user_id, first_run, outcome)
) STRICT;

CREATE INDEX run_change_by_end ON run_change (account_id, until_run, user_id);

CREATE TABLE responsible_exclusion (
  account_id TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  user_id INTEGER NOT NULL,
  PRIMARY KEY (account_id, user_id)
) STRICT;

CREATE TABLE account_key (
  account_id TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  key_id TEXT NOT NULL,
  secret_hash BLOB NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (account_id, key_id)
) STRICT;

CREATE TABLE audit (
  entry INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  at TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_account ON audit (account_id, entry);
