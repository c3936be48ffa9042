-- A message is seen by who may see its addressee, not by everybody with the outbox: it names a client and what was booked, or a
-- colleague and how their account is entered. Codes for strangers, who are nobody's client yet, stay with the outbox.
DROP POLICY message_all ON message;
CREATE POLICY message_all ON message FOR ALL TO dermis_app
  USING ((SELECT acting_may('messages.view')) AND CASE
    WHEN client_id IS NOT NULL THEN (SELECT acting_may('clients.view_all')) OR acting_treats(client_id)
    WHEN kind = 'proof_code' THEN true
    ELSE (SELECT acting_may('people.edit')) END)
  WITH CHECK ((SELECT acting_may('messages.view')));

-- ── What is decided about all visits, by people who may see few of them ────────────────────────────────────
-- Whoever plans hours, keeps the staff or the house decides about time that is booked, whoever it was booked by. Row security would show
-- them fewer visits than there are, and let them close a day, or remove a specialist, that isn't free.
CREATE FUNCTION visits_holding(resource_ids uuid[], from_at timestamptz, to_at timestamptz)
RETURNS TABLE (appointment_id uuid, starts_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, a.starts_at FROM appointment a
  WHERE acting_is_staff() AND a.id IN (SELECT c.appointment_id FROM claim c WHERE c.resource_id = ANY (resource_ids)
    AND c.kind IN ('hold', 'appointment') AND c.starts_at < to_at AND c.ends_at > from_at
    AND c.starts_at > from_at - interval '2 days')
$$;

CREATE FUNCTION visits_placed(at_location uuid, from_at timestamptz, to_at timestamptz)
RETURNS TABLE (appointment_id uuid, starts_at timestamptz, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, a.starts_at, a.status FROM appointment a
  WHERE acting_is_staff() AND a.location_id = at_location AND a.starts_at < to_at AND a.ends_at > from_at
    AND EXISTS (SELECT FROM claim c WHERE c.appointment_id = a.id)
$$;

-- Stretches of visits to come in which this person works, or this room or device is used.
CREATE FUNCTION stretches_ahead(of_resource uuid, now_at timestamptz)
RETURNS TABLE (appointment_id uuid, item_id uuid, location_id uuid, starts_at timestamptz, ends_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, i.id, a.location_id, i.starts_at, i.ends_at FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id
  WHERE (acting_may('hours.edit') OR acting_may('calendar.view_all') OR of_resource = acting_specialist())
    AND a.ends_at > now_at AND a.status IN ('pending', 'booked', 'confirmed', 'arrived')
    AND (i.specialist_id = of_resource
      OR (EXISTS (SELECT FROM resource r WHERE r.id = of_resource AND r.kind <> 'specialist')
        AND EXISTS (SELECT FROM claim c WHERE c.appointment_id = a.id AND c.resource_id = of_resource
          AND c.starts_at < i.ends_at AND c.ends_at > i.starts_at)))
$$;

-- How much was ever booked with a part of the house: what keeps it from being removed.
CREATE FUNCTION booked_with(noun text, part uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN NOT acting_is_staff() THEN NULL ELSE CASE noun
    WHEN 'service' THEN (SELECT count(*) FROM appointment_item i WHERE i.service_id = part)
    WHEN 'specialist' THEN (SELECT count(*) FROM appointment_item i WHERE i.specialist_id = part)
      + (SELECT count(*) FROM visit v WHERE v.specialist_id = part)
    WHEN 'location' THEN (SELECT count(*) FROM appointment a WHERE a.location_id = part)
    WHEN 'clinic' THEN (SELECT count(*) FROM (SELECT FROM appointment LIMIT 1) AS any_visit) END END
$$;

REVOKE ALL ON FUNCTION visits_holding(uuid[], timestamptz, timestamptz), visits_placed(uuid, timestamptz, timestamptz),
  stretches_ahead(uuid, timestamptz), booked_with(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION visits_holding(uuid[], timestamptz, timestamptz), visits_placed(uuid, timestamptz, timestamptz),
  stretches_ahead(uuid, timestamptz), booked_with(text, uuid) TO dermis_app;

-- ── Who wrote an entry, and when, is never what a statement claims ─────────────────────────────────────────
CREATE OR REPLACE FUNCTION stamp_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(current_setting('dermis.kind', true), '') <> '' THEN
    NEW.actor_kind := coalesce(nullif(current_setting('dermis.by_kind', true), ''), current_setting('dermis.kind'));
    NEW.actor_id := nullif(coalesce(nullif(current_setting('dermis.by', true), ''), current_setting('dermis.account', true)), '')::uuid;
    NEW.reason := coalesce(NEW.reason, nullif(current_setting('dermis.reason', true), ''));
  ELSE
    -- Nobody speaks (migrations, the owner by hand): nobody can be named, and no other time.
    NEW.actor_kind := 'system';
    NEW.actor_id := NULL;
    NEW.at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

-- ── In others' columns time is taken, not by what ──────────────────────────────────────────────────────────
CREATE OR REPLACE FUNCTION time_taken(at_location uuid, from_at timestamptz, to_at timestamptz, now_at timestamptz)
RETURNS TABLE (appointment_id uuid, status text, held_until timestamptz, starts_at timestamptz, ends_at timestamptz, items json,
  resource_ids uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, CASE WHEN a.status = 'held' THEN 'held' ELSE 'booked' END, a.held_until, a.starts_at, a.ends_at,
    (SELECT json_agg(json_build_object('specialistId', i.specialist_id,
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

-- ── Which addresses have proven accounts: codes sent there open them ───────────────────────────────────────
CREATE FUNCTION proven_addresses(addresses text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT lower(a.email::text) FROM account a
  WHERE acting_may('messages.view') AND a.email = ANY (addresses::citext[]) AND a.email_verified_at IS NOT NULL
$$;
REVOKE ALL ON FUNCTION proven_addresses(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proven_addresses(text[]) TO dermis_app;
