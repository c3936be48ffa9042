-- Visibility, the second time: what the query layer forgets, the database still refuses. Every transaction says whose it is
-- (`dermis.*`, set by its first message and gone with it); one that says nothing is nobody's. Written by hand.

-- ── Whose transaction this is ──────────────────────────────────────────────────────────────────────────────
-- Plain SQL, so that the planner sees through them. A setting that was once set in a session reads as '' afterwards: as good as none.
CREATE FUNCTION acting_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(nullif(current_setting('dermis.kind', true), ''), 'nobody') $$;
CREATE FUNCTION acting_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('dermis.account', true), '')::uuid $$;
CREATE FUNCTION acting_client() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('dermis.client', true), '')::uuid $$;
CREATE FUNCTION acting_specialist() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('dermis.specialist', true), '')::uuid $$;
CREATE FUNCTION acting_is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('dermis.kind', true), '') = 'system' $$;
CREATE FUNCTION acting_is_staff() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('dermis.kind', true), '') IN ('staff', 'system') $$;
-- A browser that books is somebody, signed in or not.
CREATE FUNCTION acting_is_somebody() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('dermis.kind', true), '') = 'system' OR coalesce(current_setting('dermis.holders', true), '') <> ''
$$;
-- The system may everything; staff what their roles hold.
CREATE FUNCTION acting_may(wanted text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE coalesce(current_setting('dermis.kind', true), '')
    WHEN 'system' THEN true
    WHEN 'staff' THEN position(',' || wanted || ',' IN coalesce(current_setting('dermis.rights', true), '')) > 0
    ELSE false END
$$;
-- Whether a hold, or an answer kept under a key, is this browser's or account's.
CREATE FUNCTION acting_holds(holder text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT holder IS NOT NULL AND holder <> ''
    AND position(',' || holder || ',' IN coalesce(current_setting('dermis.holders', true), '')) > 0
$$;

-- ── A specialist's own: owner-made views, each filtered by who asks, so that they tell nobody about others ─
-- Not security_invoker: the policies below ask them, and would otherwise ask themselves.
CREATE VIEW own_performance AS
  SELECT i.appointment_id FROM appointment_item i WHERE i.specialist_id = acting_specialist();
CREATE VIEW own_clientele AS
  SELECT ct.client_id FROM client_tag ct
    JOIN tag t ON t.id = ct.tag_id AND t.is_access
    JOIN specialist_tag st ON st.tag_id = ct.tag_id
    WHERE st.specialist_id = acting_specialist()
  UNION ALL
  SELECT a.client_id FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id
    WHERE i.specialist_id = acting_specialist() AND a.status NOT IN ('held', 'expired', 'declined')
      AND (SELECT visits_grant_access FROM clinic)
  UNION ALL
  SELECT v.client_id FROM visit v
    WHERE v.specialist_id = acting_specialist() AND (SELECT visits_grant_access FROM clinic);
GRANT SELECT ON own_performance, own_clientele TO dermis_app;

-- The same questions about one row, for the tables around the cards: their plans are kept, where a view would be planned anew within
-- every statement and every policy within it. Whoever performs nowhere is answered before anything is read.
CREATE FUNCTION acting_treats(whom uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN acting_specialist() IS NOT NULL AND EXISTS (SELECT FROM own_clientele o WHERE o.client_id = whom);
END $$;
CREATE FUNCTION acting_performs(which uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN acting_specialist() IS NOT NULL AND EXISTS (SELECT FROM own_performance o WHERE o.appointment_id = which);
END $$;

-- ── Cards ──────────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE client ENABLE ROW LEVEL SECURITY;
CREATE POLICY client_read ON client FOR SELECT TO dermis_app USING (
  (SELECT acting_may('clients.view_all'))
  OR id = (SELECT acting_client()) OR account_id = (SELECT acting_account())
  OR EXISTS (SELECT FROM own_clientele o WHERE o.client_id = client.id));
CREATE POLICY client_insert ON client FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_may('clients.edit')));
-- Who books for a card locks it, which asks for the right to update: who sees it may, and changing it is refused aloud.
CREATE POLICY client_update ON client FOR UPDATE TO dermis_app
  USING ((SELECT acting_may('clients.view_all')) OR id = (SELECT acting_client())
    OR EXISTS (SELECT FROM own_clientele o WHERE o.client_id = client.id))
  WITH CHECK ((SELECT acting_may('clients.edit')) OR id = (SELECT acting_client()));
CREATE POLICY client_delete ON client FOR DELETE TO dermis_app USING ((SELECT acting_is_system()));

ALTER TABLE client_tag ENABLE ROW LEVEL SECURITY;
CREATE POLICY client_tag_read ON client_tag FOR SELECT TO dermis_app USING (
  (SELECT acting_may('clients.view_all')) OR acting_treats(client_id));
CREATE POLICY client_tag_insert ON client_tag FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_may('clients.edit')) AND EXISTS (SELECT FROM client c WHERE c.id = client_tag.client_id));
CREATE POLICY client_tag_update ON client_tag FOR UPDATE TO dermis_app USING ((SELECT acting_may('clients.edit')) AND EXISTS (SELECT FROM client c WHERE c.id = client_tag.client_id)) WITH CHECK ((SELECT acting_may('clients.edit')) AND EXISTS (SELECT FROM client c WHERE c.id = client_tag.client_id));
CREATE POLICY client_tag_delete ON client_tag FOR DELETE TO dermis_app USING ((SELECT acting_may('clients.edit')) AND EXISTS (SELECT FROM client c WHERE c.id = client_tag.client_id));

-- ── Visits ─────────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE appointment ENABLE ROW LEVEL SECURITY;
CREATE POLICY appointment_read ON appointment FOR SELECT TO dermis_app USING (
  (SELECT acting_may('calendar.view_all')) OR (SELECT acting_may('clients.view_all'))
  OR client_id = (SELECT acting_client()) OR acting_holds(holder_key)
  OR acting_performs(id)
  OR acting_treats(client_id));
CREATE POLICY appointment_insert ON appointment FOR INSERT TO dermis_app WITH CHECK (
  (SELECT acting_is_staff())
  OR (acting_holds(holder_key) AND status = 'held' AND client_id IS NULL));
CREATE POLICY appointment_update ON appointment FOR UPDATE TO dermis_app
  USING ((SELECT acting_may('calendar.edit_all')) OR client_id = (SELECT acting_client()) OR acting_holds(holder_key)
    OR acting_performs(id))
  WITH CHECK ((SELECT acting_is_staff()) OR client_id = (SELECT acting_client())
    OR (acting_holds(holder_key) AND client_id IS NULL));
CREATE POLICY appointment_delete ON appointment FOR DELETE TO dermis_app USING ((SELECT acting_is_system()));

ALTER TABLE appointment_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY item_read ON appointment_item FOR SELECT TO dermis_app USING (
  (SELECT acting_may('calendar.view_all')) OR (SELECT acting_may('clients.view_all'))
  OR specialist_id = (SELECT acting_specialist())
  OR EXISTS (SELECT FROM appointment a WHERE a.id = appointment_id));
-- A visit, its services and its first step are one statement, which doesn't see its own rows yet: who may book may add.
CREATE POLICY item_insert ON appointment_item FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_is_somebody()));
CREATE POLICY item_update ON appointment_item FOR UPDATE TO dermis_app
  USING ((SELECT acting_may('calendar.edit_all')) OR specialist_id = (SELECT acting_specialist())
    OR EXISTS (SELECT FROM appointment a WHERE a.id = appointment_id AND a.client_id = (SELECT acting_client())))
  WITH CHECK (true);
CREATE POLICY item_delete ON appointment_item FOR DELETE TO dermis_app USING ((SELECT acting_is_system()));

ALTER TABLE status_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY step_read ON status_change FOR SELECT TO dermis_app USING (
  (SELECT acting_may('calendar.view_all')) OR EXISTS (SELECT FROM appointment a WHERE a.id = appointment_id));
CREATE POLICY step_insert ON status_change FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_is_somebody()));

ALTER TABLE visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY visit_read ON visit FOR SELECT TO dermis_app USING (
  (SELECT acting_may('calendar.view_all')) OR (SELECT acting_may('clients.view_all'))
  OR client_id = (SELECT acting_client()) OR specialist_id = (SELECT acting_specialist())
  OR acting_treats(client_id));
CREATE POLICY visit_insert ON visit FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_may('calendar.edit_all')) OR specialist_id = (SELECT acting_specialist()) OR acting_performs(appointment_id));
CREATE POLICY visit_update ON visit FOR UPDATE TO dermis_app USING ((SELECT acting_may('calendar.edit_all')) OR specialist_id = (SELECT acting_specialist()) OR acting_performs(appointment_id)) WITH CHECK ((SELECT acting_may('calendar.edit_all')) OR specialist_id = (SELECT acting_specialist()) OR acting_performs(appointment_id));
CREATE POLICY visit_delete ON visit FOR DELETE TO dermis_app USING ((SELECT acting_may('calendar.edit_all')) OR specialist_id = (SELECT acting_specialist()) OR acting_performs(appointment_id));

ALTER TABLE history_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY history_read ON history_entry FOR SELECT TO dermis_app USING (
  (SELECT acting_may('clients.view_all')) OR acting_treats(client_id));
CREATE POLICY history_insert ON history_entry FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_may('imports.run')));
CREATE POLICY history_update ON history_entry FOR UPDATE TO dermis_app USING ((SELECT acting_may('imports.run'))) WITH CHECK ((SELECT acting_may('imports.run')));
CREATE POLICY history_delete ON history_entry FOR DELETE TO dermis_app USING ((SELECT acting_may('imports.run')));

ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY key_own ON idempotency_key FOR ALL TO dermis_app
  USING ((SELECT acting_is_system()) OR acting_holds(owner)) WITH CHECK ((SELECT acting_is_system()) OR acting_holds(owner));

ALTER TABLE leave ENABLE ROW LEVEL SECURITY;
CREATE POLICY leave_read ON leave FOR SELECT TO dermis_app USING ((SELECT acting_is_staff()));
CREATE POLICY leave_insert ON leave FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_may('hours.edit')));
CREATE POLICY leave_update ON leave FOR UPDATE TO dermis_app USING ((SELECT acting_may('hours.edit'))) WITH CHECK ((SELECT acting_may('hours.edit')));
CREATE POLICY leave_delete ON leave FOR DELETE TO dermis_app USING ((SELECT acting_may('hours.edit')));

ALTER TABLE message ENABLE ROW LEVEL SECURITY;
CREATE POLICY message_all ON message FOR ALL TO dermis_app
  USING ((SELECT acting_may('messages.view'))) WITH CHECK ((SELECT acting_may('messages.view')));

-- ── Accounts ───────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY account_read ON account FOR SELECT TO dermis_app USING (
  id = (SELECT acting_account()) OR (SELECT acting_may('people.edit'))
  -- The account behind a card is seen by who sees the card.
  OR ((SELECT acting_is_staff()) AND EXISTS (SELECT FROM client c WHERE c.account_id = account.id)));
CREATE POLICY account_insert ON account FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_may('people.edit')));
CREATE POLICY account_update ON account FOR UPDATE TO dermis_app
  USING (id = (SELECT acting_account()) OR (SELECT acting_may('people.edit')))
  WITH CHECK (id = (SELECT acting_account()) OR (SELECT acting_may('people.edit')));
CREATE POLICY account_delete ON account FOR DELETE TO dermis_app USING ((SELECT acting_is_system()));

ALTER TABLE account_role ENABLE ROW LEVEL SECURITY;
CREATE POLICY account_role_read ON account_role FOR SELECT TO dermis_app USING (
  account_id = (SELECT acting_account()) OR (SELECT acting_may('people.edit')));
CREATE POLICY account_role_insert ON account_role FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_may('people.edit')));
CREATE POLICY account_role_update ON account_role FOR UPDATE TO dermis_app USING ((SELECT acting_may('people.edit'))) WITH CHECK ((SELECT acting_may('people.edit')));
CREATE POLICY account_role_delete ON account_role FOR DELETE TO dermis_app USING ((SELECT acting_may('people.edit')));

ALTER TABLE session ENABLE ROW LEVEL SECURITY;
CREATE POLICY session_all ON session FOR ALL TO dermis_app
  USING (account_id = (SELECT acting_account()) OR (SELECT acting_may('people.edit')))
  WITH CHECK (account_id = (SELECT acting_account()) OR (SELECT acting_may('people.edit')));
ALTER TABLE device ENABLE ROW LEVEL SECURITY;
CREATE POLICY device_all ON device FOR ALL TO dermis_app
  USING ((SELECT acting_may('people.edit'))
    OR EXISTS (SELECT FROM device_account d WHERE d.device_id = device.id AND d.account_id = (SELECT acting_account())))
  WITH CHECK ((SELECT acting_is_system()));
ALTER TABLE device_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY device_account_all ON device_account FOR ALL TO dermis_app
  USING (account_id = (SELECT acting_account()) OR (SELECT acting_may('people.edit')))
  WITH CHECK (account_id = (SELECT acting_account()) OR (SELECT acting_may('people.edit')));
ALTER TABLE attempt_counter ENABLE ROW LEVEL SECURITY;
CREATE POLICY attempt_all ON attempt_counter FOR ALL TO dermis_app
  USING ((SELECT acting_may('people.edit'))) WITH CHECK ((SELECT acting_may('people.edit')));

ALTER TABLE contact_proof ENABLE ROW LEVEL SECURITY;
CREATE POLICY proof_read ON contact_proof FOR SELECT TO dermis_app
  USING ((SELECT acting_is_system()) OR account_id = (SELECT acting_account()));
CREATE POLICY proof_insert ON contact_proof FOR INSERT TO dermis_app WITH CHECK ((SELECT acting_is_system()));
CREATE POLICY proof_update ON contact_proof FOR UPDATE TO dermis_app USING ((SELECT acting_is_system())) WITH CHECK ((SELECT acting_is_system()));
CREATE POLICY proof_delete ON contact_proof FOR DELETE TO dermis_app USING ((SELECT acting_is_system()));

-- What opens doors is for the doors alone.
DO $$
DECLARE
  door text;
BEGIN
  FOREACH door IN ARRAY ARRAY['credential', 'second_factor', 'recovery_code', 'password_reset', 'used_challenge'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', door);
    EXECUTE format('CREATE POLICY door ON %I FOR ALL TO dermis_app USING ((SELECT acting_is_system())) WITH CHECK ((SELECT acting_is_system()))', door);
  END LOOP;
END $$;

-- ── Imports hold rows as the old system gave them ──────────────────────────────────────────────────────────
DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['import_batch', 'import_row', 'import_key', 'import_effect', 'imported_code'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY importers ON %I FOR ALL TO dermis_app USING ((SELECT acting_may(''imports.run''))) WITH CHECK ((SELECT acting_may(''imports.run'')))', kept);
  END LOOP;
END $$;

-- ── What somebody must know of rows they may not read: as little as the question needs ─────────────────────
-- The text operators of a search aren't leakproof, so row security would read every card instead of the index. The same rows are
-- looked for here, within the same bounds, and read under row security by their ids.
CREATE FUNCTION matching_clients(patterns text[], wanted_number integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
DECLARE
  searched text := CASE WHEN acting_may('clients.contact')
    THEN 'client_search_text(c.first_name, c.last_name, c.email, c.phone)' ELSE 'lower(c.first_name || '' '' || c.last_name)' END;
  words text := (SELECT string_agg(format('%s LIKE %L', searched, each), ' AND ') FROM unnest(patterns) AS each);
  bounds text := CASE WHEN acting_may('clients.view_all') THEN 'TRUE'
    ELSE 'EXISTS (SELECT FROM own_clientele o WHERE o.client_id = c.id)' END;
BEGIN
  IF words IS NOT NULL THEN
    RETURN QUERY EXECUTE format('SELECT c.id FROM client c WHERE c.merged_into_id IS NULL AND %s AND %s', words, bounds);
  END IF;
  IF wanted_number IS NOT NULL THEN
    RETURN QUERY EXECUTE format('SELECT c.id FROM client c WHERE c.merged_into_id IS NULL AND c.card_number = $1 AND %s', bounds)
      USING wanted_number;
  END IF;
END $$;

-- What the query layer asks of one card for its own, first line of defence: not through the views of the second, and only about oneself.
CREATE FUNCTION specialist_treats(specialist uuid, whom uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT (acting_is_system() OR specialist = acting_specialist()) THEN
    RETURN false;
  END IF;
  RETURN EXISTS (SELECT FROM client_tag ct JOIN tag t ON t.id = ct.tag_id JOIN specialist_tag st ON st.tag_id = t.id
      WHERE ct.client_id = whom AND st.specialist_id = specialist AND t.is_access)
    OR (SELECT visits_grant_access FROM clinic) AND (
      EXISTS (SELECT FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id
        WHERE a.client_id = whom AND i.specialist_id = specialist AND a.status NOT IN ('held', 'expired', 'declined'))
      OR EXISTS (SELECT FROM visit v WHERE v.client_id = whom AND v.specialist_id = specialist));
END $$;

-- When capped specialists are taken: whose visits those are, it doesn't say.
CREATE FUNCTION visits_counted(specialist_ids uuid[], from_at timestamptz, to_at timestamptz, now_at timestamptz)
RETURNS TABLE (appointment_id uuid, specialist_id uuid, starts_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, i.specialist_id, min(i.starts_at) FROM appointment_item i JOIN appointment a ON a.id = i.appointment_id
  WHERE i.specialist_id = ANY (specialist_ids) AND i.starts_at >= from_at AND i.starts_at < to_at
    AND a.status IN ('held', 'pending', 'booked', 'confirmed', 'arrived', 'fulfilled', 'no_show')
    AND (a.status <> 'held' OR a.held_until > now_at)
  GROUP BY a.id, i.specialist_id
$$;

-- What a specialist without the whole calendar sees of the others' columns: that the time is taken.
CREATE FUNCTION time_taken(at_location uuid, from_at timestamptz, to_at timestamptz, now_at timestamptz)
RETURNS TABLE (appointment_id uuid, status text, held_until timestamptz, starts_at timestamptz, ends_at timestamptz, items json,
  resource_ids uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, CASE WHEN a.status = 'held' THEN 'held' ELSE 'booked' END, a.held_until, a.starts_at, a.ends_at,
    (SELECT json_agg(json_build_object('serviceId', i.service_id, 'specialistId', i.specialist_id,
        'startsAt', (extract(epoch FROM i.starts_at) * 1000)::bigint, 'endsAt', (extract(epoch FROM i.ends_at) * 1000)::bigint,
        'bufferBeforeMinutes', i.buffer_before_minutes, 'bufferAfterMinutes', i.buffer_after_minutes) ORDER BY i.position)
      FROM appointment_item i WHERE i.appointment_id = a.id),
    coalesce((SELECT array_agg(DISTINCT k.resource_id) FROM claim k WHERE k.appointment_id = a.id), '{}')
  FROM appointment a
  WHERE acting_is_staff() AND a.location_id = at_location AND a.starts_at < to_at AND a.ends_at > from_at
    AND a.service_date BETWEEN (from_at - interval '1 day')::date AND (to_at + interval '1 day')::date
    AND a.status IN ('held', 'pending', 'booked', 'confirmed', 'arrived', 'fulfilled', 'no_show')
    AND (a.status <> 'held' OR a.held_until > now_at)
$$;

-- Names of colleagues, for "changed by".
CREATE FUNCTION staff_names(account_ids uuid[]) RETURNS TABLE (account_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, a.name FROM account a WHERE acting_is_staff() AND a.id = ANY (account_ids)
    AND EXISTS (SELECT FROM account_role ar JOIN role r ON r.id = ar.role_id WHERE ar.account_id = a.id AND r.key <> 'client')
$$;

REVOKE ALL ON FUNCTION specialist_treats(uuid, uuid), matching_clients(text[], integer), visits_counted(uuid[], timestamptz, timestamptz, timestamptz),
  time_taken(uuid, timestamptz, timestamptz, timestamptz), staff_names(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION specialist_treats(uuid, uuid), matching_clients(text[], integer), visits_counted(uuid[], timestamptz, timestamptz, timestamptz),
  time_taken(uuid, timestamptz, timestamptz, timestamptz), staff_names(uuid[]) TO dermis_app;

-- The pages of the list, in their two orders.
CREATE INDEX client_page_by_name ON client (last_name, first_name, id) WHERE merged_into_id IS NULL;
CREATE INDEX client_page_by_age ON client (created_at DESC, id DESC) WHERE merged_into_id IS NULL;

-- ── New tables, new rights ─────────────────────────────────────────────────────────────────────────────────
GRANT SELECT, INSERT, UPDATE, DELETE ON credential, second_factor, recovery_code, password_reset, device, device_account,
  attempt_counter, used_challenge TO dermis_app;

UPDATE role SET rights = rights || '{audit.view,roles.edit,money.view,notes.view_all}' WHERE key = 'administrator';
UPDATE role SET rights = rights || '{money.view,notes.view_all}' WHERE key = 'receptionist';
