/** A row of a drawing's log that can't be read costs itself, not the drawing. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { foldDocument } from '../../src/server/schemes/fold.ts';
import { fileDatabase } from '../support/database.ts';
import { type Bench, openBench } from '../support/people.ts';
import {
  draw,
  drawnOf,
  injection,
  makeSchemeStage,
  opened,
  type SchemeStage,
} from '../support/scheme-stage.ts';

const database = fileDatabase(20);
let bench: Bench;
let stage: SchemeStage;
beforeAll(async () => {
  bench = await openBench(database());
  stage = await makeSchemeStage(bench);
});
afterAll(() => bench.stop());

it('whatever it holds', async () => {
  const schemeId = await opened(bench, stage);
  const at = { schemeId, generation: 1 };
  const record = injection('beside', null);
  const noUpdateAtAll = new Uint8Array([255, 255, 255, 255]);
  const cutOff = new Uint8Array([1, 1]);
  const write = (bytes: Uint8Array<ArrayBuffer>) =>
    bench.db.schemeUpdate.create({ data: { ...at, bytes, writtenAt: new Date() } });
  await write(noUpdateAtAll);
  await draw(bench, stage, schemeId, [record]);
  await write(cutOff);
  expect(await drawnOf(bench, schemeId)).toEqual([record.id]);
  // Folded, the rest is one state; what can't be read stays for whoever looks into it.
  expect(await foldDocument(bench.db, at, new Date())).toMatchObject({ ids: [expect.anything()] });
  expect(await drawnOf(bench, schemeId)).toEqual([record.id]);
  const left = await bench.db.schemeUpdate.findMany({ where: { schemeId }, orderBy: { id: 'asc' } });
  expect(left.map(({ bytes }) => bytes)).toEqual([noUpdateAtAll, cutOff]);
});
