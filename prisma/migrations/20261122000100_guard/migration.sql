-- What the tables promise, and the one arbiter of booking. Written by hand: the schema file can't say it.

-- ── The guard: no resource is ever given twice (BOOK-1) ────────────────────────────────────────────────────
ALTER TABLE claim
  ADD CONSTRAINT claim_positive CHECK (starts_at < ends_at),
  -- Longer absences are cut into days: a bounded length lets the starts read one index stretch.
  ADD CONSTRAINT claim_bounded CHECK (ends_at - starts_at <= interval '2 days'),
  ADD CONSTRAINT claim_kind CHECK (kind IN ('hold', 'appointment', 'leave', 'closure')),
  ADD CONSTRAINT claim_one_owner CHECK (num_nonnulls(appointment_id, leave_id, closure_id) = 1),
  ADD CONSTRAINT claim_hold_ends CHECK ((kind = 'hold') = (held_until IS NOT NULL)),
  ADD CONSTRAINT claim_no_overlap
    EXCLUDE USING gist (resource_id WITH =, tstzrange(starts_at, ends_at) WITH &&);

-- The starts read claims from the index alone.
CREATE INDEX claim_by_resource_and_start ON claim (resource_id, starts_at)
  INCLUDE (ends_at, held_until, appointment_id);

-- The only way to end somebody else's hold: it must have lapsed and stand in the way (BOOK-4).
CREATE FUNCTION release_lapsed_holds(resource_ids uuid[], from_at timestamptz, to_at timestamptz, now_at timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  lapsed uuid[];
BEGIN
  SELECT array_agg(id ORDER BY id) INTO lapsed FROM (
    SELECT a.id FROM appointment a
    WHERE a.status = 'held' AND a.held_until <= now_at AND a.id IN (
      SELECT c.appointment_id FROM claim c
      WHERE c.resource_id = ANY (resource_ids) AND c.kind = 'hold' AND c.held_until <= now_at
        AND c.starts_at < to_at AND c.ends_at > from_at AND c.starts_at > from_at - interval '2 days')
    ORDER BY a.id FOR UPDATE) locked;
  IF lapsed IS NULL THEN
    RETURN 0;
  END IF;
  UPDATE appointment SET status = 'expired', updated_at = now_at, version = version + 1 WHERE id = ANY (lapsed);
  DELETE FROM claim WHERE appointment_id = ANY (lapsed);
  INSERT INTO status_change (appointment_id, from_status, to_status, actor_kind, at)
    SELECT unnest(lapsed), 'held', 'expired', 'system', now_at;
  RETURN cardinality(lapsed);
END $$;

-- ── Figures within bounds, statuses from closed lists ──────────────────────────────────────────────────────
ALTER TABLE appointment
  ADD CONSTRAINT appointment_status CHECK (status IN ('held', 'pending', 'booked', 'confirmed', 'arrived',
    'fulfilled', 'expired', 'declined', 'cancelled', 'no_show')),
  ADD CONSTRAINT appointment_positive CHECK (starts_at < ends_at),
  ADD CONSTRAINT appointment_hold CHECK (status <> 'held' OR (held_until IS NOT NULL AND holder_key IS NOT NULL)),
  ADD CONSTRAINT appointment_has_client CHECK (status IN ('held', 'expired') OR client_id IS NOT NULL),
  ADD CONSTRAINT appointment_price CHECK (price_minor >= 0);
ALTER TABLE appointment_item
  ADD CONSTRAINT item_minutes CHECK (minutes BETWEEN 1 AND 1440);
ALTER TABLE service
  ADD CONSTRAINT service_minutes CHECK (base_minutes BETWEEN 5 AND 1440),
  ADD CONSTRAINT service_price CHECK (price_minor >= 0),
  ADD CONSTRAINT service_buffers CHECK (buffer_before_minutes BETWEEN 0 AND 240 AND buffer_after_minutes BETWEEN 0 AND 240),
  ADD CONSTRAINT service_processing CHECK (
    (processing_after_minutes IS NULL) = (processing_minutes IS NULL)
    AND (processing_minutes IS NULL OR (processing_after_minutes >= 0 AND processing_minutes > 0
      AND processing_after_minutes + processing_minutes <= base_minutes))),
  ADD CONSTRAINT service_step CHECK (slot_step_minutes IS NULL OR slot_step_minutes BETWEEN 5 AND 240),
  ADD CONSTRAINT service_bookable_by CHECK (bookable_by IN ('everyone', 'existing', 'invited'));
ALTER TABLE service_prerequisite
  ADD CONSTRAINT prerequisite_other CHECK (service_id <> required_service_id),
  ADD CONSTRAINT prerequisite_window CHECK (min_hours >= 0 AND (max_days IS NULL OR max_days * 24 > min_hours));
ALTER TABLE technique
  ADD CONSTRAINT technique_selection CHECK (selection IN ('required', 'optional', 'one_of')),
  ADD CONSTRAINT technique_group CHECK ((selection = 'one_of') = (group_key IS NOT NULL)),
  ADD CONSTRAINT technique_minutes CHECK (minutes BETWEEN -1440 AND 1440);
ALTER TABLE resource_requirement
  ADD CONSTRAINT requirement_owner CHECK (num_nonnulls(service_id, technique_id) = 1),
  ADD CONSTRAINT requirement_kind CHECK (kind IN ('room', 'device')),
  ADD CONSTRAINT requirement_count CHECK (count BETWEEN 1 AND 20);
ALTER TABLE resource ADD CONSTRAINT resource_kind CHECK (kind IN ('specialist', 'room', 'device'));
ALTER TABLE specialist ADD CONSTRAINT specialist_cap CHECK (max_per_day IS NULL OR max_per_day BETWEEN 1 AND 200);
ALTER TABLE specialist_service
  ADD CONSTRAINT specialist_service_minutes CHECK (minutes IS NULL OR minutes BETWEEN 5 AND 1440),
  ADD CONSTRAINT specialist_service_price CHECK (price_minor IS NULL OR price_minor >= 0);
ALTER TABLE schedule
  ADD CONSTRAINT schedule_validity CHECK (valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until),
  ADD CONSTRAINT schedule_no_overlap EXCLUDE USING gist
    (resource_id WITH =, location_id WITH =, daterange(valid_from, valid_until, '[]') WITH &&);
ALTER TABLE weekly_interval
  ADD CONSTRAINT weekly_bounds CHECK (weekday BETWEEN 1 AND 7 AND start_minute BETWEEN 0 AND 1439 AND end_minute BETWEEN 0 AND 1440);
ALTER TABLE schedule_exception
  ADD CONSTRAINT exception_dates CHECK (date_from <= date_to),
  ADD CONSTRAINT exception_kind CHECK (kind IN ('closed', 'replace', 'extra', 'break'));
ALTER TABLE leave
  ADD CONSTRAINT leave_positive CHECK (starts_at < ends_at),
  ADD CONSTRAINT leave_kind CHECK (kind IN ('holiday', 'sick', 'training', 'repair', 'other'));
ALTER TABLE closure ADD CONSTRAINT closure_dates CHECK (date_from <= date_to);
ALTER TABLE visit ADD CONSTRAINT visit_status CHECK (status IN ('planned', 'in_progress', 'completed'));
ALTER TABLE client ADD CONSTRAINT client_status CHECK (status IN ('lead', 'booked', 'active', 'asleep', 'lost', 'blocked'));
ALTER TABLE clinic ADD CONSTRAINT clinic_policy CHECK (slot_step_minutes BETWEEN 5 AND 240 AND hold_minutes BETWEEN 1 AND 120
  AND horizon_days BETWEEN 0 AND 730 AND min_notice_minutes >= 0 AND no_crumbs_minutes >= 0 AND max_upcoming_per_client >= 1);
CREATE UNIQUE INDEX clinic_single_row ON clinic ((true));

-- An unproven e-mail claims nothing: unique among the verified only.
CREATE UNIQUE INDEX account_verified_email ON account (email) WHERE email_verified_at IS NOT NULL;

-- Clients are found by any part of name or phone.
CREATE INDEX client_name_likeness ON client USING gin (lower(first_name || ' ' || last_name) gin_trgm_ops);
CREATE INDEX client_phone_likeness ON client USING gin (phone gin_trgm_ops);

-- Open pages catch up by transaction.
CREATE INDEX change_event_by_tx ON change_event (tx);

-- ── The runtime role: owns nothing, bypasses nothing ───────────────────────────────────────────────────────
-- Roles are cluster-wide, so two databases may try at once. LOGIN and the password come from the deployment.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dermis_app') THEN
    CREATE ROLE dermis_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT USAGE ON SCHEMA public TO dermis_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO dermis_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO dermis_app;
-- The trail only grows, and nobody but the owner knows of migrations.
REVOKE UPDATE, DELETE ON audit_entry, status_change FROM dermis_app;
REVOKE UPDATE ON change_event FROM dermis_app;
DO $$ BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    EXECUTE 'REVOKE ALL ON _prisma_migrations FROM dermis_app';
  END IF;
END $$;
REVOKE ALL ON FUNCTION release_lapsed_holds(uuid[], timestamptz, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION release_lapsed_holds(uuid[], timestamptz, timestamptz, timestamptz) TO dermis_app;
