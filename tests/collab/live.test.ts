/** Two people draw on one scheme through the stock provider; nothing is called saved before it is. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CollabServer } from '../../collab-server/server.ts';
import { fileDatabase } from '../support/database.ts';
import { addDrawingStage, injection, openCollab, openPage, stroke, until } from '../support/drawing-stage.ts';
import { listSteps, recordsAtStep } from '../../src/server/schemes/steps.ts';

const database = fileDatabase();
let server: CollabServer;
beforeAll(async () => {
  server = await openCollab(database().runtimeUrl);
});
afterAll(() => server.stop());

const open = async (people = 2) => {
  const { db } = database();
  const stage = await addDrawingStage(db, people);
  const pages = await Promise.all(stage.people.map((who) => openPage(db, server.port, stage.schemeId, who)));
  await until(() => pages.every(({ provider }) => provider.synced));
  const [first, second] = pages;
  if (!first || !second) throw new Error('two are needed');
  return { ...stage, pages, first, second, leave: () => pages.forEach((page) => page.leave()) };
};

describe('a room', () => {
  it('shows each what the other draws, moves and erases', async () => {
    const { first, second, leave } = await open();
    const mark = injection(100, 200);
    first.draw(mark);
    await until(() => second.ids().includes(mark.id));
    second.draw(stroke(40));
    await until(() => first.ids().length === 2);
    second.doc.getMap('records').delete(mark.id);
    await until(() => first.ids().length === 1);
    expect(first.ids()).toEqual(second.ids());
    expect(first.access()).toEqual({
      mode: 'draw',
      name: 'Person 1',
      hue: expect.any(Number),
      kind: 'staff',
    });
    leave();
  });

  it('says “kept” only after the rows are committed: another line sees them the moment it is said', async () => {
    const { first, schemeId, leave } = await open();
    const behind = new pg.Client({ connectionString: database().ownerUrl });
    behind.on('error', () => undefined);
    await behind.connect();
    let drawn = 0;
    for (let round = 0; round < 12; round++) {
      const { rows: before } = await behind.query(
        'SELECT count(*)::int AS n FROM scheme_update WHERE scheme_id = $1',
        [schemeId],
      );
      for (let count = 0; count < 3; count++, drawn++) first.draw(injection(drawn, drawn));
      await first.saved();
      const { rows: after } = await behind.query(
        'SELECT count(*)::int AS n FROM scheme_update WHERE scheme_id = $1',
        [schemeId],
      );
      expect(after[0].n).toBeGreaterThan(before[0].n);
    }
    await behind.end();
    leave();
  });

  it('says nothing while a transaction holds the scheme, and says it once it is free', async () => {
    const { first, second, schemeId, leave } = await open();
    const behind = new pg.Client({ connectionString: database().ownerUrl });
    behind.on('error', () => undefined);
    await behind.connect();
    await behind.query('BEGIN');
    await behind.query('SELECT FROM scheme WHERE id = $1 FOR UPDATE', [schemeId]);
    const mark = injection();
    first.draw(mark);
    let isKept = false;
    const kept = first.saved().then(() => {
      isKept = true;
    });
    // Others see it at once all the same.
    await until(() => second.ids().includes(mark.id));
    const { rows } = await behind.query('SELECT FROM scheme_update WHERE scheme_id = $1', [schemeId]);
    expect({ isKept, rows: rows.length }).toEqual({ isKept: false, rows: 0 });
    await behind.query('COMMIT');
    await kept;
    await behind.end();
    leave();
  });

  it('gives everything to who comes late, and again to who comes back', async () => {
    const { db } = database();
    const { first, second, schemeId, people, leave } = await open();
    for (let count = 0; count < 30; count++) first.draw(stroke(30));
    await first.saved();
    const [who] = people;
    if (!who) throw new Error('nobody');
    const late = await openPage(db, server.port, schemeId, who);
    await until(() => late.ids().length === 30);
    // Offline: both draw, and come together again.
    second.provider.disconnect();
    second.draw(injection());
    first.draw(injection());
    second.provider.params = {
      ticket: await import('../support/drawing-stage.ts').then(({ ticketFor }) =>
        ticketFor(db, people[1] ?? who, schemeId),
      ),
    };
    second.provider.connect();
    await until(() => [first, second, late].every((page) => page.ids().length === 32));
    late.leave();
    leave();
  });

  it('opens once for ten at the same moment, and nobody lacks anything', async () => {
    const { db } = database();
    const stage = await addDrawingStage(db, 4);
    const pages = await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        const who = stage.people[index % stage.people.length];
        if (!who) throw new Error('nobody');
        return openPage(db, server.port, stage.schemeId, who);
      }),
    );
    // Drawn before any of them is connected.
    for (const page of pages) page.draw(injection());
    await until(() => pages.every((page) => page.ids().length === 12));
    for (const page of pages) page.leave();
  });

  it('shows who is there, under the name the server knows', async () => {
    const { first, second, leave } = await open();
    first.provider.awareness.setLocalState({
      cursor: { x: 5, y: 6 },
      selected: ['shape:a'],
      name: 'Somebody else',
      hue: 9,
      kind: 'guest',
    });
    const seen = () => second.provider.awareness.getStates().get(first.doc.clientID);
    await until(() => seen()?.['cursor'] !== undefined && seen()?.['cursor'] !== null);
    expect(seen()).toEqual({
      cursor: { x: 5, y: 6 },
      selected: ['shape:a'],
      name: 'Person 1',
      hue: first.access()?.hue,
      kind: 'staff',
    });
    first.leave();
    await until(() => seen() === undefined);
    leave();
  });

  it('keeps who drew what, and goes back step by step', async () => {
    const { db } = database();
    const { first, second, schemeId, people, leave } = await open();
    const [one, two] = [injection(1, 1), stroke(20)];
    first.draw(one);
    await until(() => second.ids().length === 1);
    second.draw(two);
    await second.saved();
    await first.saved();
    second.doc.getMap('records').delete(one.id);
    await second.saved();
    const at = { schemeId, generation: 1 };
    const { steps } = await listSteps(db, at);
    expect(steps.map(({ name, added, removed }) => ({ name, added, removed }))).toEqual([
      { name: 'Person 2', added: { draw: 1 }, removed: { injection: 1 } },
      { name: 'Person 1', added: { injection: 1 }, removed: {} },
    ]);
    expect([...((await recordsAtStep(db, at, steps[1]?.id ?? '')) ?? []).keys()]).toEqual([one.id]);
    expect([...((await recordsAtStep(db, at, steps[0]?.id ?? '')) ?? []).keys()]).toEqual([two.id]);
    expect(await recordsAtStep(db, at, '999999')).toBeNull();
    const writers = await db.schemeWriter.findMany({ where: { schemeId } });
    expect(new Map(writers.map(({ yjsClient, accountId }) => [Number(yjsClient), accountId]))).toEqual(
      new Map([
        [first.doc.clientID, people[0]?.accountId],
        [second.doc.clientID, people[1]?.accountId],
      ]),
    );
    leave();
  });
});
