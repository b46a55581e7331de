-- Rows of this table are the statements that Orleans' ADO.NET providers look up at start.
CREATE TABLE orleansquery (
  querykey text PRIMARY KEY,
  querytext text NOT NULL
);

-- One row a grain state. The primary key is the state's whole identity, so two first writes that race cannot make two rows.
-- key_hash is part of it because a text key "x" and a number key 0 with the extension "x" agree in the other columns.
CREATE TABLE grain_state (
  service_id text COLLATE "C" NOT NULL,
  state_name text COLLATE "C" NOT NULL,
  key_text text COLLATE "C" NOT NULL,
  key_n0 bigint NOT NULL,
  key_n1 bigint NOT NULL,
  key_hash integer NOT NULL,
  version integer NOT NULL,
  payload text,
  modified_at timestamptz NOT NULL,
  PRIMARY KEY (service_id, state_name, key_text, key_n0, key_n1, key_hash)
) WITH (fillfactor = 85);

CREATE TABLE reminder (
  service_id text COLLATE "C" NOT NULL,
  grain_id text COLLATE "C" NOT NULL,
  reminder_name text COLLATE "C" NOT NULL,
  start_time timestamptz NOT NULL,
  period_ms bigint NOT NULL,
  grain_hash integer NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (service_id, grain_id, reminder_name)
);

-- A silo reads its share of the ring by hash, every few minutes and whenever the ring changes.
CREATE INDEX reminder_by_hash ON reminder (service_id, grain_hash);

CREATE TABLE membership_version (
  deployment_id text COLLATE "C" PRIMARY KEY,
  version integer NOT NULL,
  modified_at timestamptz NOT NULL
);

CREATE TABLE membership_silo (
  deployment_id text COLLATE "C" NOT NULL REFERENCES membership_version ON DELETE CASCADE,
  address text COLLATE "C" NOT NULL,
  port integer NOT NULL,
  generation integer NOT NULL,
  silo_name text NOT NULL,
  host_name text NOT NULL,
  status integer NOT NULL,
  proxy_port integer NOT NULL,
  suspect_times text,
  start_time timestamptz NOT NULL,
  i_am_alive_time timestamptz NOT NULL,
  PRIMARY KEY (deployment_id, address, port, generation)
);

-- The key ring of ASP.NET Core Data Protection; the key material inside is wrapped with the key file.
CREATE TABLE key_ring (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  friendly_name text NOT NULL,
  xml text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
