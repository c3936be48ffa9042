/** People booking without a pause, each request sent again with its own key until it is answered; and what came of it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { openSession } from '../../src/server/access/sessions.ts';
import { createDb } from '../../src/server/db.ts';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { arrange } from '../bench/booking-load.ts';
import { appUrl } from '../support/api-server.ts';
import type { ApiProcess } from '../support/api-process.ts';
import { breaches } from '../support/invariants.ts';
import { makeAccount, makeRoles, origin } from '../support/people.ts';

export interface Slot {
  locationId: string;
  items: { serviceId: string; specialistId: string | null; techniqueIds: string[] }[];
  clientId: string;
  startsAt: number;
}

export interface House {
  /** Half hours that never collide, from tomorrow on. */
  slots: Slot[];
  /** An administrator's session. */
  cookie: string;
}

const dayMs = 86_400_000;
const slotsPerDay = 20;

/** Twenty specialists, one service of half an hour, an administrator signed in; the real clock. */
export async function addHouse(ownerUrl: string, slotCount: number): Promise<House> {
  const inputs = await arrange(ownerUrl, 480);
  const specialists = [...new Set(inputs.map(({ items }) => items[0]?.specialistId ?? ''))];
  const [first] = inputs;
  const serviceId = first?.items[0]?.serviceId;
  if (!first || !serviceId) throw new Error('nothing to book');
  const tomorrow = Math.floor(Date.now() / dayMs + 1) * dayMs;
  const slots = Array.from({ length: slotCount }, (_, index): Slot => {
    const specialistId = specialists[index % specialists.length] ?? null;
    const place = Math.floor(index / specialists.length);
    return {
      locationId: first.locationId,
      clientId: first.clientId,
      items: [{ serviceId, specialistId, techniqueIds: [] }],
      // From 08:00 UTC, 20 half hours a day: open in Berlin the whole year.
      startsAt:
        tomorrow +
        Math.floor(place / slotsPerDay) * dayMs +
        8 * 3_600_000 +
        (place % slotsPerDay) * 1_800_000,
    };
  });
  const db = createDb(ownerUrl, 2);
  try {
    await makeRoles(db);
    const accountId = await makeAccount(db, { role: 'administrator', email: 'desk@example.com' });
    const token = await db.$transaction((tx) =>
      openSession(tx, { id: randomUUID(), accountId, now: new Date(), origin }),
    );
    return { slots, cookie: `${sessionCookieName(appUrl)}=${token}` };
  } finally {
    await db.$disconnect();
  }
}

export interface Load {
  /** Acknowledged: the appointment's id by what was asked for. */
  kept: { appointmentId: string; startsAt: number; specialistId: string }[];
  /** Answers that are neither a booking nor a clean refusal nor "come again". */
  faults: string[];
  /** How often nobody answered, or "busy" was said. */
  retries: number;
  slowestMillis: number;
  /** Successes so far: grows while all is well. */
  succeeded(): number;
  stop(): Promise<void>;
}

/** Every fourth slot is asked for twice, by two keys: one of them is refused. */
export function startLoad(webs: readonly ApiProcess[], house: House, lanes: number): Load {
  let next = 0;
  let stopping = false;
  let successes = 0;
  const load: Load = { kept: [], faults: [], retries: 0, slowestMillis: 0, succeeded: () => successes, stop };

  async function bookOnce(web: ApiProcess, slot: Slot): Promise<boolean> {
    const idempotencyKey = randomUUID();
    for (;;) {
      const answer = await web.mutate('booking.create', { ...slot, idempotencyKey }, house.cookie);
      load.slowestMillis = Math.max(load.slowestMillis, answer.millis);
      if (answer.status === 200) {
        const appointmentId = String(Reflect.get(Object(answer.value), 'appointmentId'));
        load.kept.push({
          appointmentId,
          startsAt: slot.startsAt,
          specialistId: slot.items[0]?.specialistId ?? '',
        });
        successes++;
        return true;
      }
      if (answer.status === 409) {
        if (answer.refusalCode !== 'slot_taken') load.faults.push(`409 ${answer.refusalCode}`);
        return false;
      }
      // A proxy in front would say 502 where nobody listens; anything else is a fault of ours.
      if (answer.status !== 0 && answer.status !== 503)
        load.faults.push(`${answer.status} ${answer.refusalCode}`);
      load.retries++;
      await sleep(50);
    }
  }

  const working = Array.from({ length: lanes }, async (_, lane) => {
    while (!stopping) {
      const index = next++;
      const slot = house.slots[index];
      const web = webs[lane % webs.length];
      if (!slot || !web) return;
      if (index % 4 === 0) {
        const won = await Promise.all([bookOnce(web, slot), bookOnce(web, slot)]);
        if (won.filter(Boolean).length !== 1)
          load.faults.push(`one slot, ${won.filter(Boolean).length} winners`);
      } else if (!(await bookOnce(web, slot))) load.faults.push('a slot of one’s own was refused');
      await sleep(15);
    }
  });
  async function stop(): Promise<void> {
    stopping = true;
    await Promise.all(working);
  }
  return load;
}

/** What is wrong with what was acknowledged: lost, doubled, or without its claim, its event or its job. */
export async function reckon(owner: pg.Client, load: Load): Promise<string[]> {
  const wrong = [...load.faults.slice(0, 5), ...(await breaches(owner))];
  const ids = load.kept.map(({ appointmentId }) => appointmentId);
  if (new Set(ids).size !== ids.length) wrong.push('one booking acknowledged to two');
  const { rows } = await owner.query<{
    id: string;
    starts_at: Date;
    specialist_id: string;
    claims: number;
    events: number;
    jobs: number;
  }>(
    `SELECT a.id, a.starts_at, i.specialist_id,
       (SELECT count(*)::int FROM claim c WHERE c.appointment_id = a.id) AS claims,
       (SELECT count(*)::int FROM change_event e WHERE e.entity_id = a.id) AS events,
       (SELECT count(*)::int FROM pgboss.job j WHERE j.name = 'notify-appointment' AND j.data->>'appointmentId' = a.id::text) AS jobs
     FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id WHERE a.status = 'booked'`,
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  let lost = 0;
  let odd = 0;
  for (const { appointmentId, startsAt, specialistId } of load.kept) {
    const row = found.get(appointmentId);
    if (row?.starts_at.getTime() !== startsAt || row.specialist_id !== specialistId) lost++;
    else if (row.claims !== 1 || row.events !== 1 || row.jobs !== 1) odd++;
  }
  if (lost > 0) wrong.push(`${lost} acknowledged bookings lost`);
  if (odd > 0) wrong.push(`${odd} bookings without exactly one claim, event and job`);
  if (rows.length !== load.kept.length)
    wrong.push(`${rows.length} bookings for ${load.kept.length} acknowledged`);
  return wrong;
}
