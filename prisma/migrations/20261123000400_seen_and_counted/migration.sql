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
