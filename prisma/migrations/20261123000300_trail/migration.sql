-- The trail: every change leaves an entry, written by the database in the changing transaction; entries are never changed or removed.

-- ── Entries are stamped, queued for the seal, and stand ────────────────────────────────────────────────────
CREATE FUNCTION stamp_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- Who it was comes from the transaction. Without one speaking (migrations, the owner by hand) what is given stands.
  IF coalesce(current_setting('dermis.kind', true), '') <> '' THEN
    NEW.actor_kind := coalesce(nullif(current_setting('dermis.by_kind', true), ''), current_setting('dermis.kind'));
    NEW.actor_id := nullif(coalesce(nullif(current_setting('dermis.by', true), ''), current_setting('dermis.account', true)), '')::uuid;
    NEW.reason := coalesce(NEW.reason, nullif(current_setting('dermis.reason', true), ''));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION stamp_entry();

CREATE FUNCTION queue_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO audit_unsealed (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER queue AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION queue_entry();

-- Not even the owner, unless the trigger is taken away first: that is what the seal is for.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- ── Changes ────────────────────────────────────────────────────────────────────────────────────────────────
-- Arguments: column that names the subject, column that names the client ('' for none), personal columns, secret columns, columns
-- without meaning. A secret's change is noted, never its value.
CREATE FUNCTION note_change_of() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
  whole jsonb := CASE WHEN TG_OP = 'DELETE' THEN before ELSE after END;
  personal text[] := string_to_array(TG_ARGV[2], ',');
  secret text[] := string_to_array(TG_ARGV[3], ',');
  idle text[] := string_to_array(TG_ARGV[4], ',');
  about uuid := nullif(whole ->> nullif(TG_ARGV[1], ''), '')::uuid;
  open_part jsonb;
  personal_part jsonb;
  hidden bytea;
  own_key bytea;
BEGIN
  IF TG_TABLE_NAME IN ('account', 'account_role', 'credential', 'second_factor') THEN
    about := (SELECT id FROM client WHERE account_id = (whole ->> TG_ARGV[0])::uuid);
  END IF;
  SELECT jsonb_object_agg(key, CASE WHEN key = ANY (secret) THEN '"changed"'::jsonb
      ELSE jsonb_build_array(before -> key, after -> key) END) FILTER (WHERE NOT key = ANY (personal)),
    jsonb_object_agg(key, jsonb_build_array(before -> key, after -> key)) FILTER (WHERE key = ANY (personal))
  INTO open_part, personal_part
  FROM jsonb_object_keys(before || after) AS key
  WHERE NOT key = ANY (idle) AND coalesce(before -> key, 'null') IS DISTINCT FROM coalesce(after -> key, 'null');
  IF open_part IS NULL AND personal_part IS NULL THEN
    RETURN NULL;
  END IF;
  IF personal_part IS NOT NULL AND about IS NOT NULL THEN
    SELECT key INTO own_key FROM client_key WHERE client_id = about;
    IF own_key IS NULL THEN
      INSERT INTO client_key (client_id, key) VALUES (about, gen_random_bytes(32)) ON CONFLICT DO NOTHING;
      SELECT key INTO own_key FROM client_key WHERE client_id = about;
    END IF;
    hidden := pgp_sym_encrypt(personal_part::text, encode(own_key, 'hex'), 's2k-mode=0, cipher-algo=aes256, compress-algo=0');
    open_part := coalesce(open_part, '{}') || jsonb_build_object('personal', (SELECT jsonb_agg(key) FROM jsonb_object_keys(personal_part) AS key));
  ELSIF personal_part IS NOT NULL THEN
    -- Nobody's card (yet): of the staff it is told, of somebody registering only that it was given.
    open_part := coalesce(open_part, '{}') || CASE WHEN TG_OP = 'INSERT'
      THEN jsonb_build_object('personal', (SELECT jsonb_agg(key) FROM jsonb_object_keys(personal_part) AS key)) ELSE personal_part END;
  END IF;
  INSERT INTO audit_entry (actor_kind, action, subject_type, subject_id, client_id, detail, personal_sealed)
  VALUES ('system', TG_TABLE_NAME || '.' || lower(TG_OP), TG_TABLE_NAME, (whole ->> TG_ARGV[0])::uuid, about, open_part, hidden);
  RETURN NULL;
END $$;

DO $$
DECLARE
  noted text[];
BEGIN
  FOREACH noted SLICE 1 IN ARRAY ARRAY[
    -- table, subject, client, personal, secret, without meaning
    ['client', 'id', 'id', 'first_name,last_name,email,phone,birth_date,note', '', 'id,updated_at,created_at'],
    ['client_tag', 'client_id', 'client_id', '', '', 'client_id,assigned_at,assigned_by'],
    ['visit', 'id', 'client_id', '', '', 'id,client_id,created_at'],
    ['account', 'id', '', 'email,phone,name', '', 'id,version,created_at'],
    ['account_role', 'account_id', '', '', '', 'account_id'],
    ['credential', 'account_id', '', '', 'password_hash,pin_hash', 'account_id,changed_at'],
    ['second_factor', 'account_id', '', '', 'seed_sealed', 'account_id,last_step,created_at'],
    ['role', 'id', '', '', '', 'id,version'],
    ['specialist_tag', 'specialist_id', '', '', '', 'specialist_id'],
    ['tag', 'id', '', '', '', 'id'], ['source', 'id', '', '', '', 'id'],
    ['clinic', 'id', '', '', '', 'id,version,policy_version,updated_at,created_at'],
    ['location', 'id', '', '', '', 'id,version,created_at'],
    ['resource', 'id', '', '', '', 'id,version'], ['specialist', 'id', '', '', '', 'id'],
    ['specialist_service', 'specialist_id', '', '', '', 'specialist_id'],
    ['specialist_technique', 'specialist_id', '', '', '', 'specialist_id'],
    ['service_category', 'id', '', '', '', 'id,version'], ['service', 'id', '', '', '', 'id,version'],
    ['service_prerequisite', 'service_id', '', '', '', 'service_id'], ['technique', 'id', '', '', '', 'id'],
    ['resource_requirement', 'id', '', '', '', 'id'],
    ['schedule', 'resource_id', '', '', '', 'id,resource_id,version'],
    ['weekly_interval', 'schedule_id', '', '', '', 'id,schedule_id'],
    ['schedule_exception', 'resource_id', '', '', '', 'id,resource_id,version'],
    ['leave', 'resource_id', '', '', '', 'id,resource_id,version,created_at'],
    ['closure', 'location_id', '', '', '', 'id,location_id,version'],
    ['product', 'id', '', '', '', 'id']]
  LOOP
    EXECUTE format('CREATE TRIGGER note_change_of AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION note_change_of(%L, %L, %L, %L, %L)',
      noted[1], noted[2], noted[3], noted[4], noted[5], noted[6]);
  END LOOP;
END $$;
-- A hold is nobody's visit yet; its end is none either. What a visit consists of is part of its making.
CREATE TRIGGER note_insert_of AFTER INSERT ON appointment FOR EACH ROW WHEN (NEW.status <> 'held')
  EXECUTE FUNCTION note_change_of('id', 'client_id', 'note,cancel_reason', '', 'id,updated_at,created_at,version,client_id,holder_key,held_until');
CREATE TRIGGER note_update_of AFTER UPDATE ON appointment FOR EACH ROW WHEN (NEW.status <> 'expired')
  EXECUTE FUNCTION note_change_of('id', 'client_id', 'note,cancel_reason', '', 'updated_at,created_at,version,holder_key,held_until');
CREATE TRIGGER note_delete_of AFTER DELETE ON appointment FOR EACH ROW
  EXECUTE FUNCTION note_change_of('id', 'client_id', 'note,cancel_reason', '', 'updated_at,created_at,version,client_id,holder_key,held_until');
CREATE TRIGGER note_change_of AFTER UPDATE OR DELETE ON appointment_item FOR EACH ROW
  EXECUTE FUNCTION note_change_of('appointment_id', '', '', '', 'id,appointment_id,position');

-- ── Who may read what ──────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY entry_read ON audit_entry FOR SELECT TO dermis_app USING (
  (SELECT acting_may('audit.view'))
  -- "History" on a card, of whoever sees the card.
  OR ((SELECT acting_is_staff()) AND client_id IS NOT NULL AND EXISTS (SELECT FROM client c WHERE c.id = audit_entry.client_id)));
CREATE POLICY entry_insert ON audit_entry FOR INSERT TO dermis_app WITH CHECK (true);

-- What is sealed can be read by its client's key alone; the key itself by nobody but this function.
CREATE FUNCTION personal_of_entries(entry_ids bigint[]) RETURNS TABLE (entry_id bigint, personal jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.id, pgp_sym_decrypt(e.personal_sealed, encode(k.key, 'hex'))::jsonb
  FROM audit_entry e JOIN client_key k ON k.client_id = e.client_id
  WHERE e.id = ANY (entry_ids) AND e.personal_sealed IS NOT NULL
    AND acting_may('audit.view') AND acting_may('clients.view_all') AND acting_may('clients.contact')
$$;
REVOKE ALL ON FUNCTION personal_of_entries(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION personal_of_entries(bigint[]) TO dermis_app;

ALTER TABLE audit_unsealed ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE client_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY sealer ON audit_unsealed FOR ALL TO dermis_app USING ((SELECT acting_is_system())) WITH CHECK (false);
CREATE POLICY sealer_reads ON audit_seal FOR SELECT TO dermis_app USING ((SELECT acting_may('audit.view')));
CREATE POLICY sealer_adds ON audit_seal FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_is_system()));
GRANT SELECT, DELETE ON audit_unsealed TO dermis_app;
GRANT SELECT, INSERT ON audit_seal TO dermis_app;
-- What stood in the trail before is sealed like the rest.
INSERT INTO audit_unsealed (entry_id) SELECT id FROM audit_entry;

-- Which entries the seals cover, written out of their marks (id and MAC of each, 40 bytes).
ALTER TABLE audit_seal ALTER COLUMN marks SET STORAGE EXTERNAL;
CREATE VIEW sealed_entry WITH (security_invoker = true) AS
  SELECT s.id AS seal_id, ('x' || encode(substring(s.marks FROM n * 40 + 1 FOR 8), 'hex'))::bit(64)::bigint AS entry_id
  FROM audit_seal s, generate_series(0, s.entry_count - 1) AS n;
GRANT SELECT ON sealed_entry TO dermis_app;
