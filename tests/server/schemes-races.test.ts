/** Finishing while others write: folds and appends of the same moment neither hold it up nor come after it. */
import * as Y from 'yjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entriesOf, recordsKey } from '../../src/domain/scheme/layout.ts';
import { appendUpdates } from '../../src/server/schemes/append.ts';
import { correctScheme } from '../../src/server/schemes/correct.ts';
import { loadDocument } from '../../src/server/schemes/document.ts';
import { finishScheme } from '../../src/server/schemes/finish.ts';
import { foldDocument } from '../../src/server/schemes/fold.ts';
import { unpressRecords } from '../../src/server/schemes/packing.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { type Bench, openBench } from '../support/people.ts';
import {
  drawnOf,
  injection,
  makeSchemeStage,
  opened,
  type SchemeStage,
  valueOf,
} from '../support/scheme-stage.ts';

const database = fileDatabase(20);
let bench: Bench;
let stage: SchemeStage;
beforeAll(async () => {
  bench = await openBench(database());
  stage = await makeSchemeStage(bench);
});
afterAll(() => bench.stop());

it('what was appended before is in it, what comes after is refused, and a correction goes on with exactly that', async () => {
  const schemeId = await opened(bench, stage);
  const at = { schemeId, generation: 1 };
  const writer = { accountId: stage.anna.accountId, guestId: null, name: 'Anna Weiss' };
  const page = new Y.Doc();
  const kept: string[] = [];
  const append = async (name: string) => {
    const record = injection(name, null);
    const known = Y.encodeStateVector(page);
    page.getMap(recordsKey).set(record.id, new Y.Map(entriesOf(record)));
    const bytes = Y.encodeStateAsUpdate(page, known);
    const answer = await appendUpdates(bench.db, at, [{ bytes, writer }]);
    if (answer.ok) kept.push(record.id);
    return answer;
  };
  valueOf(await append('first'));
  let isOver = false;
  const finishing = by(finishScheme, bench.deps, stage.anna, schemeId).finally(() => {
    isOver = true;
  });
  const folding = (async () => {
    while (!isOver) await foldDocument(bench.db, at, new Date());
  })();
  for (let count = 0; !isOver && count < 300; count++) if (!(await append(`stroke${count}`)).ok) break;
  valueOf(await finishing);
  await folding;
  expect((await append('late')).ok).toBe(false);
  const revision = await bench.db.schemeRevision.findFirstOrThrow({ where: { schemeId } });
  expect(
    unpressRecords(revision.records)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(kept.toSorted());
  // No fold that was under way leaves an older state behind.
  expect(await bench.db.schemeState.count({ where: { schemeId } })).toBe(0);
  expect(await bench.db.schemeUpdate.count({ where: { schemeId } })).toBe(0);
  valueOf(await by(correctScheme, bench.deps, stage.anna, { schemeId, reason: 'One more' }));
  expect(await drawnOf(bench, schemeId)).toEqual(kept.toSorted());
  // Whoever still has the page open brings what is missing: it is the same document, not another with the same marks.
  const there = Y.encodeStateVector(await loadDocument(bench.db, at));
  valueOf(await appendUpdates(bench.db, at, [{ bytes: Y.encodeStateAsUpdate(page, there), writer }]));
  expect(await drawnOf(bench, schemeId)).toEqual([...page.getMap(recordsKey).keys()].toSorted());
});
