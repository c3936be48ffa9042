import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transact } from '../../src/server/db.ts';
import { type Announcer, createAnnouncer } from '../../src/server/live/announcer.ts';
import { noteChange } from '../../src/server/live/events.ts';
import { type EventHub, type LiveBatch, openEventHub } from '../../src/server/live/hub.ts';
import { fileDatabase } from '../support/database.ts';

const database = fileDatabase();
let hubs: EventHub[] = [];
let announcer: Announcer;

beforeEach(async () => {
  hubs = [await openEventHub(database().runtimeUrl), await openEventHub(database().runtimeUrl)];
  announcer = createAnnouncer(database().db);
});
afterEach(async () => {
  await announcer.stop();
  await Promise.all(hubs.map((hub) => hub.stop()));
});

const location = '00000000-0000-4000-8000-000000000001';
const note = (day: string) =>
  transact(database().db, (tx) => noteChange(tx, { topic: 'calendar', locationId: location, dateFrom: day }));

function collect(hub: EventHub | undefined): {
  days: () => (string | null)[];
  batches: LiveBatch[];
  until(count: number): Promise<void>;
} {
  const batches: LiveBatch[] = [];
  hub?.subscribe((batch) => batches.push(batch));
  const days = () => batches.flatMap(({ events }) => events.map(({ dateFrom }) => dateFrom));
  return {
    batches,
    days,
    until: (count) => expect.poll(() => days().length, { timeout: 5_000, interval: 10 }).toBe(count),
  };
}

describe('the live events', () => {
  test('reach every process, once', async () => {
    const [one, two] = [collect(hubs[0]), collect(hubs[1])];
    await note('2026-06-04');
    announcer.announce();
    await Promise.all([one.until(1), two.until(1)]);
    await note('2026-06-05');
    announcer.announce();
    await Promise.all([one.until(2), two.until(2)]);
    expect(one.days()).toEqual(['2026-06-04', '2026-06-05']);
  });

  test('arrive without the NOTIFY too: a lost one costs a second, not the change', async () => {
    const one = collect(hubs[0]);
    await note('2026-06-04');
    await one.until(1);
  });

  test('a change that commits late, with a lower id than what was seen already, is not missed', async () => {
    const one = collect(hubs[0]);
    const written = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const late = transact(database().db, async (tx) => {
      await noteChange(tx, { topic: 'calendar', locationId: location, dateFrom: '2026-06-01' });
      written.resolve();
      await commit.promise;
    });
    await written.promise;
    await note('2026-06-02');
    announcer.announce();
    await one.until(1);
    expect(one.days()).toEqual(['2026-06-02']);
    commit.resolve();
    await late;
    await one.until(2);
    expect(one.days()).toEqual(['2026-06-02', '2026-06-01']);
  });

  test('whoever was away catches up from the last cursor; a cursor of another time means: read everything', async () => {
    const [hub] = hubs;
    if (!hub) throw new Error('no hub');
    const { cursor } = await hub.since(null);
    await note('2026-06-04');
    await note('2026-06-05');
    const missed = await hub.since(cursor);
    expect(missed.reset).toBe(false);
    expect(missed.events.map(({ dateFrom }) => dateFrom)).toEqual(['2026-06-04', '2026-06-05']);
    expect((await hub.since('99999999999999')).reset).toBe(true);
    expect((await hub.since('nonsense')).reset).toBe(true);
  });

  test('a rolled-back change tells nobody', async () => {
    const one = collect(hubs[0]);
    await transact(database().db, async (tx) => {
      await noteChange(tx, { topic: 'calendar', locationId: location, dateFrom: '2026-06-01' });
      throw new Error('on purpose');
    }).catch(() => undefined);
    await note('2026-06-02');
    await one.until(1);
    expect(one.days()).toEqual(['2026-06-02']);
  });
});
