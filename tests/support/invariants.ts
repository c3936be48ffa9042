/** What must hold of bookings whatever happened: asked of the database behind the application's back. */
import type pg from 'pg';

/** Each counts the rows that break it. */
const questions: Readonly<Record<string, string>> = {
  'two claims of a resource overlap': `
    SELECT count(*) FROM claim a JOIN claim b ON a.resource_id = b.resource_id AND a.id < b.id
      AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at`,
  'a visit that claims its time has no claim on its specialist then': `
    SELECT count(*) FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id
    WHERE a.status IN ('held', 'pending', 'booked', 'confirmed', 'arrived', 'fulfilled', 'no_show')
      AND NOT EXISTS (SELECT FROM claim c WHERE c.appointment_id = a.id AND c.resource_id = i.specialist_id
        AND c.starts_at <= i.starts_at AND c.ends_at > i.starts_at)`,
  'a visit claims another time than its own': `
    SELECT count(*) FROM claim c JOIN appointment a ON a.id = c.appointment_id
    WHERE NOT EXISTS (SELECT FROM appointment_item i WHERE i.appointment_id = a.id
      AND c.starts_at >= i.starts_at - make_interval(mins => i.buffer_before_minutes)
      AND c.ends_at <= i.ends_at + make_interval(mins => i.buffer_after_minutes))`,
  'a visit that is over, declined or cancelled keeps a claim': `
    SELECT count(*) FROM claim c JOIN appointment a ON a.id = c.appointment_id
    WHERE a.status IN ('expired', 'declined', 'cancelled')`,
  'a claim and its visit disagree about being a hold': `
    SELECT count(*) FROM claim c JOIN appointment a ON a.id = c.appointment_id
    WHERE (c.kind = 'hold') <> (a.status = 'held') OR c.held_until IS DISTINCT FROM a.held_until AND a.status = 'held'`,
  'a trail has a gap': `
    SELECT count(*) FROM (SELECT from_status, lag(to_status) OVER (PARTITION BY appointment_id ORDER BY id) AS before
      FROM status_change) steps WHERE from_status IS DISTINCT FROM before`,
  'a trail ends elsewhere than its visit': `
    SELECT count(*) FROM appointment a WHERE a.status IS DISTINCT FROM
      (SELECT to_status FROM status_change s WHERE s.appointment_id = a.id ORDER BY id DESC LIMIT 1)`,
  'a version is not the number of changes': `
    SELECT count(*) FROM appointment a WHERE a.version <> (SELECT count(*) FROM status_change s WHERE s.appointment_id = a.id)`,
  'a visit nobody was told of by an event': `
    SELECT count(*) FROM appointment a WHERE NOT EXISTS (SELECT FROM change_event e WHERE e.entity_id = a.id)`,
  'a hold without its job': `
    SELECT count(*) FROM appointment a WHERE a.status = 'held'
      AND NOT EXISTS (SELECT FROM pgboss.job j WHERE j.name = 'expire-hold' AND j.data->>'appointmentId' = a.id::text)`,
  'a booking without its message': `
    SELECT count(*) FROM appointment a WHERE a.status IN ('booked', 'pending')
      AND NOT EXISTS (SELECT FROM pgboss.job j WHERE j.name = 'notify-appointment' AND j.data->>'appointmentId' = a.id::text)`,
  'absences and visits overlap': `
    SELECT count(*) FROM leave l JOIN claim c ON c.resource_id = l.resource_id AND c.appointment_id IS NOT NULL
      AND c.starts_at < l.ends_at AND c.ends_at > l.starts_at`,
};

/** What is broken and how often; empty where everything holds. The owner's connection: it sees everything. */
export async function breaches(owner: pg.Client): Promise<string[]> {
  const found: string[] = [];
  for (const [what, sql] of Object.entries(questions)) {
    const { rows } = await owner.query<{ count: string }>(sql);
    if (rows[0]?.count !== '0') found.push(`${what}: ${rows[0]?.count}`);
  }
  return found;
}
