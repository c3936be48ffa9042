-- Whoever changes the catalogue, the hours, the people or the settings says so: one event a topic and transaction,
-- written by the database itself. Processes keep these tables in memory and trust this and nothing else (HOUSE-1).
CREATE FUNCTION note_house_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO change_event (topic)
    SELECT TG_ARGV[0] WHERE NOT EXISTS (
      SELECT FROM change_event WHERE tx = pg_current_xact_id() AND topic = TG_ARGV[0]);
  RETURN NULL;
END $$;

DO $$
DECLARE
  pair text[];
BEGIN
  FOREACH pair SLICE 1 IN ARRAY ARRAY[
    ['clinic', 'settings'], ['location', 'settings'],
    ['service_category', 'catalogue'], ['service', 'catalogue'], ['service_prerequisite', 'catalogue'],
    ['technique', 'catalogue'], ['resource_requirement', 'catalogue'],
    ['resource', 'people'], ['specialist', 'people'], ['specialist_service', 'people'], ['specialist_technique', 'people'],
    ['schedule', 'hours'], ['weekly_interval', 'hours'], ['schedule_exception', 'hours'], ['closure', 'hours']]
  LOOP
    EXECUTE format('CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION note_house_change(%L)', pair[1], pair[2]);
  END LOOP;
END $$;
