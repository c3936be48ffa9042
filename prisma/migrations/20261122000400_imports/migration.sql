-- Imports: where a file rests, how far its rows are, what they made, and whose codes mean whom.

ALTER TABLE import_batch
  ADD COLUMN origin text NOT NULL DEFAULT 'old system',
  ADD COLUMN file_bytes integer NOT NULL DEFAULT 0,
  ADD COLUMN stored_name text,
  ADD COLUMN shape jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN cursor jsonb NOT NULL DEFAULT '{}',
  ADD CONSTRAINT import_batch_status CHECK (status IN ('uploaded', 'checking', 'checked', 'running', 'done',
    'undoing', 'undone', 'failed')),
  ADD CONSTRAINT import_batch_kind CHECK (kind IN ('services', 'products', 'staff', 'clients', 'bookings',
    'cancellations', 'no_shows', 'receipts'));
CREATE INDEX import_batch_created_at_idx ON import_batch (created_at);

ALTER TABLE import_row
  ADD COLUMN intent jsonb,
  ADD COLUMN group_key text NOT NULL DEFAULT '',
  ADD COLUMN order_key text NOT NULL DEFAULT '',
  ADD CONSTRAINT import_row_outcome CHECK (outcome IN ('read', 'created', 'updated', 'unchanged', 'history', 'refused'));
CREATE INDEX import_row_batch_id_group_key_order_key_row_number_idx
  ON import_row (batch_id, group_key, order_key, row_number);
CREATE INDEX import_row_batch_id_outcome_row_number_idx ON import_row (batch_id, outcome, row_number);

CREATE TABLE import_key (
  source_key text NOT NULL,
  batch_id uuid NOT NULL,
  row_number integer NOT NULL,
  CONSTRAINT import_key_pkey PRIMARY KEY (source_key)
);
CREATE INDEX import_key_batch_id_row_number_idx ON import_key (batch_id, row_number);

CREATE TABLE import_effect (
  id bigserial NOT NULL,
  batch_id uuid NOT NULL,
  row_number integer,
  entity_type text NOT NULL,
  entity_id uuid NOT NULL,
  action text NOT NULL,
  before jsonb,
  fingerprint text,
  kept_because text,
  CONSTRAINT import_effect_pkey PRIMARY KEY (id),
  CONSTRAINT import_effect_action CHECK (action IN ('created', 'updated')),
  CONSTRAINT import_effect_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch (id)
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX import_effect_batch_id_id_idx ON import_effect (batch_id, id);

CREATE TABLE imported_code (
  origin text NOT NULL,
  noun text NOT NULL,
  code text NOT NULL,
  entity_id uuid NOT NULL,
  CONSTRAINT imported_code_pkey PRIMARY KEY (origin, noun, code)
);
CREATE INDEX imported_code_entity_id_idx ON imported_code (entity_id);

ALTER TABLE history_entry
  ADD CONSTRAINT history_entry_kind CHECK (kind IN ('receipt_line', 'cancellation', 'no_show', 'unplaced_booking'));
-- A cancellation looks for its visit by who, what, with whom and when.
CREATE INDEX history_entry_event ON history_entry (service_date, client_id, service_id, specialist_id)
  WHERE kind IN ('cancellation', 'no_show');
CREATE INDEX history_entry_by_batch ON history_entry (batch_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON import_key, import_effect, imported_code TO dermis_app;
GRANT USAGE, SELECT ON SEQUENCE import_effect_id_seq TO dermis_app;
