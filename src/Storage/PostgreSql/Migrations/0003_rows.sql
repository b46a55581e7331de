-- oldest: 0.2.0
-- What is listed, searched, counted, grows, or changes together with something else. One database serves one service.
CREATE TABLE account (
  account_id text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  state text NOT NULL,
  connection text NOT NULL,
  is_being_erased boolean NOT NULL,
  status text NOT NULL,
  status_rank smallint NOT NULL,
  problem text,
  display_name text NOT NULL,
  folded text NOT NULL,
  folded_name text NOT NULL,
  portal_key text COLLATE "C" NOT NULL,
  connected_at timestamptz NOT NULL,
  last_run_at timestamptz,
  last_success_at timestamptz,
  next_run_at timestamptz,
  failures_in_a_row integer NOT NULL,
  decided_run bigint NOT NULL,
  has_work boolean NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX account_by_portal ON account (portal_key);

-- The link of a user, what was announced for it, and what the last run made of it.
CREATE TABLE employee (
  account_id text COLLATE "C" NOT NULL REFERENCES account ON DELETE CASCADE,
  user_id bigint NOT NULL,
  version bigint NOT NULL,
  name text NOT NULL,
  email text,
  folded text NOT NULL,
  outcome text,
  reason_code text,
  reason text,
  employee_id bigint,
  link_email text,
  link_origin text,
  linked_at timestamptz,
  intent text,
  is_listed boolean NOT NULL,
  entries integer NOT NULL,
  run bigint NOT NULL,
  PRIMARY KEY (account_id, user_id)
) WITH (fillfactor = 85);

CREATE TABLE history (
  account_id text COLLATE "C" NOT NULL,
  user_id bigint NOT NULL,
  entry integer NOT NULL,
  at timestamptz NOT NULL,
  run_id text NOT NULL,
  outcome text NOT NULL,
  detail text NOT NULL,
  PRIMARY KEY (account_id, user_id, entry)
);

CREATE TABLE run (
  account_id text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  run_id text COLLATE "C" NOT NULL,
  status text NOT NULL,
  finished_at timestamptz NOT NULL,
  scope text NOT NULL,
  only_user bigint,
  error_code text,
  calls_bitrix24 integer NOT NULL,
  calls_call_gear integer NOT NULL,
  summary text NOT NULL,
  PRIMARY KEY (account_id, number)
);

CREATE UNIQUE INDEX run_by_id ON run (account_id, run_id);
CREATE INDEX run_by_end ON run (finished_at);

-- A change is reported by the runs from first_run on and before until_run: by one run alone, or for as long as it stands.
CREATE TABLE run_change (
  account_id text COLLATE "C" NOT NULL,
  user_id bigint NOT NULL,
  first_run bigint NOT NULL,
  outcome text NOT NULL,
  outcome_rank smallint NOT NULL,
  until_run bigint NOT NULL,
  reason_code text,
  detail text NOT NULL,
  PRIMARY KEY (account_id, user_id, first_run, outcome)
);

CREATE INDEX run_change_by_end ON run_change (account_id, until_run, user_id);

CREATE TABLE responsible_exclusion (
  account_id text COLLATE "C" NOT NULL REFERENCES account ON DELETE CASCADE,
  user_id bigint NOT NULL,
  PRIMARY KEY (account_id, user_id)
);

CREATE TABLE account_key (
  account_id text COLLATE "C" NOT NULL REFERENCES account ON DELETE CASCADE,
  key_id text COLLATE "C" NOT NULL,
  secret_hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, key_id)
);

CREATE TABLE audit (
  account_id text COLLATE "C" NOT NULL REFERENCES account ON DELETE CASCADE,
  entry bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  detail text NOT NULL,
  PRIMARY KEY (account_id, entry)
);
