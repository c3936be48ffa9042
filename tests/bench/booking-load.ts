/** A clinic to book in, and the record of every statement a booking sends: the bare peer replays exactly those. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { rights, type Actor } from '../../src/domain/access/actor.ts';
import type { CreateInput } from '../../src/domain/booking.ts';
import { create } from '../../src/server/booking/create.ts';
import { createDb } from '../../src/server/db.ts';
import { type Deps, onBehalfOf } from '../../src/server/deps.ts';
import { createAnnouncer } from '../../src/server/live/announcer.ts';
import { openEventHub } from '../../src/server/live/hub.ts';
import { openQueue } from '../../src/server/queue.ts';

export interface Statement {
  text: string;
  values: unknown[] | undefined;
}

const desk: Actor = {
  kind: 'staff',
  accountId: randomUUID(),
  name: 'Desk',
  roleKeys: ['administrator'],
  rights: new Set(rights),
  specialistId: null,
};
const specialists = 20;
const now = new Date('2026-06-01T06:00:00Z');

/** Twenty specialists open around the week, one service of half an hour, no rooms. Promises inputs that never collide. */
export async function arrange(ownerUrl: string, bookings: number): Promise<CreateInput[]> {
  const db = createDb(ownerUrl, 2);
  const locationId = randomUUID();
  const serviceId = randomUUID();
  const clientId = randomUUID();
  await db.clinic.create({
    data: { id: randomUUID(), name: 'Bench', currency: 'EUR', maxUpcomingPerClient: 1_000_000 },
  });
  await db.location.create({ data: { id: locationId, name: 'Bench', timeZone: 'Europe/Berlin' } });
  await db.client.create({ data: { id: clientId, firstName: 'Bench', createdAt: now } });
  await db.serviceCategory.create({
    data: {
      id: randomUUID(),
      name: 'Bench',
      services: { create: { id: serviceId, name: 'Half an hour', baseMinutes: 30, priceMinor: 5_000 } },
    },
  });
  const ids: string[] = [];
  for (let index = 0; index < specialists; index++) {
    const id = randomUUID();
    ids.push(id);
    await db.resource.create({
      data: { id, locationId, kind: 'specialist', type: 'specialist', name: `S${index}`, rank: index },
    });
    await db.specialist.create({ data: { id, services: { create: { serviceId } } } });
    await db.schedule.create({
      data: {
        id: randomUUID(),
        resourceId: id,
        locationId,
        intervals: {
          create: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
            id: randomUUID(),
            weekday,
            startMinute: 480,
            endMinute: 1200,
          })),
        },
      },
    });
  }
  await db.$disconnect();
  const inputs: CreateInput[] = [];
  for (let day = 0; inputs.length < bookings; day++) {
    for (let slot = 0; slot < 24; slot++) {
      for (const specialistId of ids) {
        inputs.push({
          locationId,
          items: [{ serviceId, techniqueIds: [], specialistId }],
          startsAt: Date.UTC(2026, 5, 2 + day, 6, slot * 30),
          clientId,
          idempotencyKey: randomUUID(),
        });
      }
    }
  }
  return inputs.slice(0, bookings);
}

/** Runs `work` over all items, so many at a time; the answer is bookings a second. */
export async function rate<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, lane: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async (_, lane) => {
      for (let index = next++; index < items.length; index = next++) {
        const item = items[index];
        if (item !== undefined) await work(item, lane);
      }
    }),
  );
  return (items.length * 1000) / (performance.now() - began);
}

export interface Desk {
  book(input: CreateInput): Promise<void>;
  /** What a command says after its commit: open calendars look. */
  announce(): void;
}

/** The commands as the web process runs them, with calendars listening in two processes' worth of hubs. */
export async function withCommands<T>(
  databaseUrl: string,
  poolSize: number,
  work: (desk: Desk) => Promise<T>,
): Promise<T> {
  const db = createDb(databaseUrl, poolSize);
  const queue = await openQueue(databaseUrl);
  const announcer = createAnnouncer(db);
  const hubs = await Promise.all([openEventHub(databaseUrl), openEventHub(databaseUrl)]);
  for (const hub of hubs) hub.subscribe(() => undefined);
  const deps: Deps = { db, queue, announcer, now: () => now, newId: randomUUID };
  try {
    return await work({
      announce: () => announcer.announce(),
      async book(input) {
        const result = await create(onBehalfOf(deps, desk), desk, input);
        if (!result.ok) throw new Error(`a booking was refused: ${JSON.stringify(result.refusal)}`);
      },
    });
  } finally {
    await announcer.stop();
    await Promise.all(hubs.map((hub) => hub.stop()));
    await queue.stop();
    await db.$disconnect();
  }
}

/** Every statement that `work` sends on any connection, in order. */
export async function recorded(work: () => Promise<void>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const original = pg.Client.prototype.query;
  const recording = function (this: pg.Client, ...args: unknown[]): unknown {
    const [query, values] = args;
    if (typeof query === 'string')
      statements.push({ text: query, values: Array.isArray(values) ? values : undefined });
    else if (typeof query === 'object' && query !== null && 'text' in query) {
      const given =
        'values' in query && Array.isArray(query.values)
          ? query.values
          : Array.isArray(values)
            ? values
            : undefined;
      statements.push({ text: String(query.text), values: given });
    }
    return Reflect.apply(original, this, args);
  };
  Object.assign(pg.Client.prototype, { query: recording });
  try {
    await work();
  } finally {
    Object.assign(pg.Client.prototype, { query: original });
  }
  return statements;
}
