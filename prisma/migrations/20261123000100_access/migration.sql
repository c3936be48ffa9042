-- What signing in, recovery, devices and the trail stand on.
CREATE EXTENSION IF NOT EXISTS pgcrypto;

ALTER TABLE clinic ADD COLUMN visits_grant_access boolean NOT NULL DEFAULT true;
ALTER TABLE role ADD COLUMN version integer NOT NULL DEFAULT 1;

-- ── What an account is entered by, apart from what others may read of it ───────────────────────────────────
CREATE TABLE credential (
  account_id    uuid PRIMARY KEY,
  password_hash text NOT NULL,
  changed_at    timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  pin_hash      text
);
INSERT INTO credential (account_id, password_hash) SELECT id, password_hash FROM account WHERE password_hash IS NOT NULL;
ALTER TABLE account DROP COLUMN password_hash;

CREATE TABLE second_factor (
  account_id   uuid PRIMARY KEY,
  seed_sealed  bytea NOT NULL,
  confirmed_at timestamptz(3),
  last_step    bigint,
  created_at   timestamptz(3) NOT NULL
);
CREATE TABLE recovery_code (
  id         uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  code_hash  bytea NOT NULL,
  used_at    timestamptz(3)
);
CREATE INDEX recovery_code_account_id_idx ON recovery_code (account_id);
CREATE TABLE password_reset (
  id         uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at    timestamptz(3)
);
CREATE UNIQUE INDEX password_reset_token_hash_key ON password_reset (token_hash);
CREATE INDEX password_reset_account_id_idx ON password_reset (account_id);

-- ── Devices and guesses ────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE device (
  id           uuid PRIMARY KEY,
  token_hash   bytea NOT NULL,
  user_agent   text,
  created_at   timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX device_token_hash_key ON device (token_hash);
CREATE TABLE device_account (
  device_id    uuid NOT NULL,
  account_id   uuid NOT NULL,
  first_at     timestamptz(3) NOT NULL,
  last_full_at timestamptz(3) NOT NULL,
  pin_tries    integer NOT NULL DEFAULT 0,
  forgotten_at timestamptz(3),
  PRIMARY KEY (device_id, account_id)
);
CREATE INDEX device_account_account_id_idx ON device_account (account_id);
CREATE TABLE attempt_counter (
  key           text PRIMARY KEY,
  subject_kind  text NOT NULL,
  account_id    uuid,
  network       text,
  count         integer NOT NULL DEFAULT 0,
  first_at      timestamptz(3) NOT NULL,
  last_at       timestamptz(3) NOT NULL,
  blocked_until timestamptz(3),
  CONSTRAINT attempt_subject CHECK (subject_kind IN ('account', 'network', 'device'))
);
CREATE INDEX attempt_counter_last_at_idx ON attempt_counter (last_at);
CREATE INDEX attempt_counter_account_id_idx ON attempt_counter (account_id);
CREATE TABLE used_challenge (
  hash       bytea PRIMARY KEY,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX used_challenge_expires_at_idx ON used_challenge (expires_at);

ALTER TABLE session
  ADD COLUMN device_id uuid,
  ADD COLUMN opened_by text NOT NULL DEFAULT 'password',
  ADD COLUMN proven_at timestamptz(3),
  ADD CONSTRAINT session_opened_by CHECK (opened_by IN ('password', 'second_factor', 'pin', 'proof'));

ALTER TABLE credential ADD CONSTRAINT credential_account_id_fkey
  FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE second_factor ADD CONSTRAINT second_factor_account_id_fkey
  FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE recovery_code ADD CONSTRAINT recovery_code_account_id_fkey
  FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE password_reset ADD CONSTRAINT password_reset_account_id_fkey
  FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE device_account
  ADD CONSTRAINT device_account_device_id_fkey
    FOREIGN KEY (device_id) REFERENCES device (id) ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT device_account_account_id_fkey
    FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE session ADD CONSTRAINT session_device_id_fkey
  FOREIGN KEY (device_id) REFERENCES device (id) ON DELETE SET NULL ON UPDATE CASCADE;

-- ── The trail ──────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE audit_entry
  ALTER COLUMN at SET DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN client_id uuid,
  ADD COLUMN personal_sealed bytea;
CREATE INDEX audit_entry_client_id_id_idx ON audit_entry (client_id, id);
CREATE INDEX audit_entry_at_idx ON audit_entry (at);
CREATE TABLE audit_unsealed (
  entry_id bigint PRIMARY KEY
);
CREATE TABLE audit_seal (
  id            bigint PRIMARY KEY,
  at            timestamptz(3) NOT NULL,
  entry_count   integer NOT NULL,
  marks         bytea NOT NULL,
  previous_head bytea NOT NULL,
  head          bytea NOT NULL
);
CREATE TABLE client_key (
  client_id  uuid PRIMARY KEY,
  key        bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
