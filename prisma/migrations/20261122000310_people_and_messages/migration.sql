-- Finding clients as one types, and messages that know which state of a visit they told of.

-- What a client is found by: name, e-mail, digits of the phone. One expression, so that the index and every query agree.
CREATE FUNCTION client_search_text(first_name text, last_name text, email citext, phone text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(first_name || ' ' || last_name) || ' ' || coalesce(lower(email::text), '') || ' ' ||
    coalesce(regexp_replace(phone, '[^0-9]', '', 'g'), '')
$$;
CREATE INDEX client_search_likeness ON client
  USING gin (client_search_text(first_name, last_name, email, phone) gin_trgm_ops);

-- The version of the visit a message told of: a later version told once is not told again by an earlier job.
ALTER TABLE message
  ADD COLUMN appointment_version integer,
  ADD CONSTRAINT message_status CHECK (status IN ('due', 'sent', 'kept', 'failed', 'skipped')),
  ADD CONSTRAINT message_channel CHECK (channel IN ('email', 'sms'));
CREATE INDEX message_by_time ON message (created_at DESC, id DESC);

ALTER TABLE contact_proof
  ADD CONSTRAINT proof_channel CHECK (channel IN ('email', 'phone')),
  ADD CONSTRAINT proof_tries CHECK (attempt_count BETWEEN 0 AND 5);
CREATE INDEX contact_proof_by_address ON contact_proof (address, created_at);
