/** Several collab-servers share a scheme, and one alone keeps it through crashes, folds and lost notices. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { CollabServer } from '../../collab-server/server.ts';
import { appendRecords, appendUpdates } from '../../src/server/schemes/append.ts';
import { loadDocument, recordsOfDocument } from '../../src/server/schemes/document.ts';
import { foldDocument } from '../../src/server/schemes/fold.ts';
import { listSteps, recordsAtStep } from '../../src/server/schemes/steps.ts';
import { fileDatabase } from '../support/database.ts';
import {
  addDrawingStage,
  addGuest,
  injection,
  openCollab,
  openPage,
  type Page,
  stroke,
  until,
} from '../support/drawing-stage.ts';

const database = fileDatabase();
let servers: CollabServer[] = [];
beforeAll(async () => {
  servers = await Promise.all([openCollab(database().runtimeUrl), openCollab(database().runtimeUrl)]);
});
afterAll(() => Promise.all(servers.map((server) => server.stop())));

const portOf = (index: number): number => servers[index]?.port ?? 0;

/** One page on each instance. */
const open = async () => {
  const { db } = database();
  const stage = await addDrawingStage(db, 2);
  const [one, two] = stage.people;
  if (!one || !two) throw new Error('two are needed');
  const here = await openPage(db, portOf(0), stage.schemeId, one);
  const there = await openPage(db, portOf(1), stage.schemeId, two);
  await until(() => here.provider.synced && there.provider.synced);
  return { db, at: { schemeId: stage.schemeId, generation: 1 }, ...stage, one, two, here, there };
};
const alike = (...pages: Page[]) =>
  until(() =>
    pages.every(
      ({ doc }) => Buffer.compare(Y.encodeStateVector(doc), Y.encodeStateVector(pages[0]?.doc ?? doc)) === 0,
    ),
  );
const keptIds = async (at: { schemeId: string; generation: number }) =>
  [...recordsOfDocument(await loadDocument(database().db, at)).keys()].sort((a, b) => a.localeCompare(b));

describe('two instances', () => {
  it('show each other what is drawn', async () => {
    const { here, there } = await open();
    for (let count = 0; count < 10; count++) {
      here.draw(injection(count, 1));
      there.draw(stroke(20));
    }
    await until(() => here.ids().length === 20 && there.ids().length === 20);
    await alike(here, there);
    here.leave();
    there.leave();
  });

  it('show each other who is there', async () => {
    const { here, there } = await open();
    here.provider.awareness.setLocalState({ cursor: { x: 1, y: 2 }, selected: [] });
    const seen = () => there.provider.awareness.getStates().get(here.doc.clientID);
    await until(() => seen()?.['cursor'] !== undefined && seen()?.['cursor'] !== null);
    expect(seen()).toMatchObject({ cursor: { x: 1, y: 2 }, name: 'Person 1', kind: 'staff' });
    here.leave();
    await until(() => seen() === undefined);
    there.leave();
  });

  it('find what nobody told of: rows whose notice is lost come all the same', async () => {
    const { db, at, here, there, schemeId } = await open();
    const doc = new Y.Doc();
    const update = await loadDocument(db, at).then((kept) => {
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(kept));
      doc.getMap('records').set('shape:silent', new Y.Map(Object.entries({ type: 'text' })));
      return Y.encodeStateAsUpdate(doc);
    });
    const behind = new pg.Client({ connectionString: database().ownerUrl });
    behind.on('error', () => undefined);
    await behind.connect();
    await behind.query(
      'INSERT INTO scheme_update (scheme_id, generation, bytes, written_at) VALUES ($1, 1, $2, now())',
      [schemeId, Buffer.from(update)],
    );
    await behind.end();
    await until(() => here.ids().includes('shape:silent') && there.ids().includes('shape:silent'));
    here.leave();
    there.leave();
  });

  it('find what was written, never told of and folded away meanwhile', async () => {
    const { db, at, here, there } = await open();
    const behind = new pg.Client({ connectionString: database().ownerUrl });
    behind.on('error', () => undefined);
    await behind.connect();
    const doc = new Y.Doc();
    doc.getMap('records').set('shape:folded', new Y.Map(Object.entries({ type: 'text' })));
    await behind.query('BEGIN');
    await behind.query(
      'INSERT INTO scheme_update (scheme_id, generation, bytes, written_at) VALUES ($1, 1, $2, now())',
      [at.schemeId, Buffer.from(Y.encodeStateAsUpdate(doc))],
    );
    await behind.query('COMMIT');
    expect(await foldDocument(db, at, new Date())).not.toBeNull();
    await until(() => here.ids().includes('shape:folded') && there.ids().includes('shape:folded'));
    await behind.end();
    here.leave();
    there.leave();
  });

  it('go on through cut lines: what is drawn is kept and heard once they are back', async () => {
    const { at, here, there } = await open();
    const behind = new pg.Client({ connectionString: database().ownerUrl });
    behind.on('error', () => undefined);
    await behind.connect();
    for (let round = 0; round < 4; round++) {
      here.draw(injection(round, 2));
      await behind.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'dermis%'`,
      );
      there.draw(injection(round, 3));
    }
    await Promise.all([here.saved(), there.saved()]);
    await until(() => here.ids().length === 8 && there.ids().length === 8);
    expect(await keptIds(at)).toEqual(here.ids());
    await behind.end();
    here.leave();
    there.leave();
  });

  it('take what the web app writes: records put back, as one more step', async () => {
    const { db, at, here, there, one } = await open();
    const [a, b] = [injection(1, 1), injection(2, 2)];
    here.draw(a);
    await here.saved();
    const writer = { accountId: one.accountId, guestId: null, name: 'Person 1' };
    await db.$transaction((tx) => appendRecords(tx, at, { writer, kind: 'back' }, new Map([[b.id, b]])));
    await until(() => [here, there].every((page) => page.ids().join() === b.id));
    const { steps } = await listSteps(db, at);
    expect(steps[0]).toMatchObject({
      kind: 'back',
      name: 'Person 1',
      added: { injection: 1 },
      removed: { injection: 1 },
    });
    // The writer of it is known, and nothing is appended to what is no draft.
    await db.scheme.update({ where: { id: at.schemeId }, data: { status: 'cancelled' } });
    const refused = await appendUpdates(db, at, [{ bytes: Y.encodeStateAsUpdate(here.doc), writer }]);
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'scheme_closed' } });
    here.leave();
    there.leave();
  });
});

describe('history', () => {
  it('what is drawn after somebody went back is a step after that one, also without a pause', async () => {
    const { db, at, here, there, one } = await open();
    const [a, b] = [injection(1, 1), injection(2, 2)];
    here.draw(a);
    await here.saved();
    const writer = { accountId: one.accountId, guestId: null, name: 'Person 1' };
    await db.$transaction((tx) => appendRecords(tx, at, { writer, kind: 'back' }, new Map()));
    await until(() => here.ids().length === 0);
    here.draw(b);
    await here.saved();
    const { steps } = await listSteps(db, at);
    expect(steps.map(({ kind }) => kind)).toEqual(['drawn', 'back', 'drawn']);
    const after = await Promise.all(steps.map(({ id }) => recordsAtStep(db, at, id)));
    expect(after.map((records) => [...(records ?? new Map()).keys()])).toEqual([[b.id], [], [a.id]]);
    here.leave();
    there.leave();
  });
});

describe('folding', () => {
  it('loses nothing that is appended meanwhile, and deletes exactly what it merged', async () => {
    const { db, at, here, there } = await open();
    let folds = 0;
    let isOver = false;
    const folding = (async () => {
      while (!isOver) if (await foldDocument(db, at, new Date())) folds++;
    })();
    for (let count = 0; count < 40; count++) {
      (count % 2 ? here : there).draw(injection(count, count));
      if (count % 5 === 0) await Promise.all([here.saved(), there.saved()]);
    }
    await Promise.all([here.saved(), there.saved()]);
    isOver = true;
    await folding;
    await foldDocument(db, at, new Date());
    await until(() => here.ids().length === 40 && there.ids().length === 40);
    expect(await keptIds(at)).toEqual(here.ids());
    expect(await db.schemeUpdate.count({ where: { schemeId: at.schemeId } })).toBe(0);
    expect(folds).toBeGreaterThan(1);
    here.leave();
    there.leave();
  });

  it('ended in its middle, nothing has happened', async () => {
    const { db, at, here, there } = await open();
    for (let count = 0; count < 5; count++) {
      here.draw(injection(count, 1));
      await here.saved();
    }
    const before = await db.schemeUpdate.count({ where: { schemeId: at.schemeId } });
    const behind = new pg.Client({ connectionString: database().ownerUrl });
    behind.on('error', () => undefined);
    await behind.connect();
    // Holds the state's row, so that the fold stands still between merging and deleting, and is then cut.
    await behind.query('BEGIN');
    await behind.query('SELECT FROM scheme_state WHERE scheme_id = $1 FOR UPDATE', [at.schemeId]);
    let isOver = false;
    const fold = foldDocument(db, at, new Date())
      .catch(() => 'cut')
      .finally(() => {
        isOver = true;
      });
    const cut = async () => {
      const { rowCount } = await behind.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%scheme_state%'`,
      );
      return rowCount !== 0;
    };
    await until(async () => isOver || (await cut()));
    expect(await fold).toBe('cut');
    await behind.query('ROLLBACK');
    await behind.end();
    expect(await db.schemeUpdate.count({ where: { schemeId: at.schemeId } })).toBe(before);
    expect(await keptIds(at)).toEqual(here.ids());
    here.leave();
    there.leave();
  });

  it('forgets what was erased, and keeps who drew', async () => {
    const { db, at, here, there, one } = await open();
    for (let count = 0; count < 20; count++) {
      const mark = stroke(200);
      here.draw(mark);
      await here.saved();
      here.doc.getMap('records').delete(mark.id);
    }
    await here.saved();
    const folded = await foldDocument(db, at, new Date());
    expect(folded?.bytes).toBeLessThan(2_000);
    expect(
      await db.schemeWriter.findMany({ where: { schemeId: at.schemeId, accountId: one.accountId } }),
    ).toHaveLength(1);
    here.leave();
    there.leave();
  });
});

describe('one that ends', () => {
  it('writes everything down first, says so, and sends people to the other one', async () => {
    const { db } = database();
    const leaving = await openCollab(database().runtimeUrl);
    const stage = await addDrawingStage(db, 1);
    const [who] = stage.people;
    if (!who) throw new Error('nobody');
    let port = leaving.port;
    const page = await openPage(db, () => port, stage.schemeId, who);
    await until(() => page.provider.synced);
    for (let count = 0; count < 20; count++) page.draw(injection(count, 1));
    const saved = page.saved();
    port = portOf(0);
    await new Promise((wake) => setTimeout(wake, 10));
    const stopped = leaving.stop();
    await saved;
    await stopped;
    await until(() => page.closedAs() === 'goingAway');
    expect(await keptIds({ schemeId: stage.schemeId, generation: 1 })).toHaveLength(20);
    await until(() => page.provider.synced);
    page.draw(injection());
    await page.saved();
    expect(await keptIds({ schemeId: stage.schemeId, generation: 1 })).toHaveLength(21);
    page.leave();
  });

  it('ends although a page keeps its line open and never answers', async () => {
    const { db } = database();
    const leaving = await openCollab(database().runtimeUrl);
    const stage = await addDrawingStage(db, 1);
    const guest = await addGuest(db, stage.schemeId, 'watch');
    const page = await openPage(db, leaving.port, stage.schemeId, guest);
    await until(() => page.provider.synced);
    page.provider.shouldConnect = false;
    page.provider.ws?.close();
    const ready = (path: string) =>
      fetch(`http://127.0.0.1:${leaving.port}${path}`).then(({ status }) => status);
    expect([await ready('/livez'), await ready('/readyz'), await ready('/nothing')]).toEqual([200, 200, 404]);
    const metrics = await fetch(`http://127.0.0.1:${leaving.port}/metrics`).then((answer) => answer.text());
    expect(metrics).toMatch(/^collab_rooms 1$/m);
    expect(metrics).not.toContain(stage.schemeId);
    await leaving.stop();
    await expect(ready('/livez')).rejects.toThrow();
    page.leave();
  });
});
