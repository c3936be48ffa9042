import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { canonicalText } from '../../src/domain/scheme/canonical.ts';
import { cancelScheme } from '../../src/server/schemes/cancel.ts';
import { correctScheme } from '../../src/server/schemes/correct.ts';
import { finishScheme, readFaults } from '../../src/server/schemes/finish.ts';
import { goBack, readHistoryOf } from '../../src/server/schemes/history.ts';
import { setMark } from '../../src/server/schemes/mark-lots.ts';
import { unpressRecords, unpressText } from '../../src/server/schemes/packing.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { type Bench, openBench } from '../support/people.ts';
import {
  draw,
  drawnOf,
  injection,
  makeSchemeStage,
  opened,
  refusalOf,
  schemeOf,
  type SchemeStage,
  stroke,
  valueOf,
} from '../support/scheme-stage.ts';

const database = fileDatabase(20);
let bench: Bench;
let stage: SchemeStage;
let schemeId = '';

beforeAll(async () => {
  bench = await openBench(database());
  stage = await makeSchemeStage(bench);
});
afterAll(() => bench.stop());
beforeEach(async () => {
  bench.clock.set('2026-06-03T07:00:00Z');
  schemeId = await opened(bench, stage);
  // Each test its own: one draft a visit and backdrop would be shared.
  await bench.db.scheme.updateMany({ where: { id: schemeId }, data: { visitId: stage.visitId } });
});

const units = (dose: number, productId = stage.botox) => ({
  productId,
  productName: 'Botox',
  dose,
  unit: 'U' as const,
});
const finish = (actor = stage.anna) => by(finishScheme, bench.deps, actor, schemeId);
const correct = (reason = 'Wrong side') => by(correctScheme, bench.deps, stage.anna, { schemeId, reason });
const cancel = () => by(cancelScheme, bench.deps, stage.anna, schemeId);
const mark = (markIds: string[], set: { lotId?: string | null; note?: string }) =>
  by(setMark, bench.deps, stage.anna, { schemeId, markIds, ...set });
const revisionOf = (number: number) =>
  bench.db.schemeRevision.findUniqueOrThrow({ where: { schemeId_number: { schemeId, number } } });
const doses = () =>
  bench.db.schemeDose.findMany({ where: { schemeId }, orderBy: [{ number: 'asc' }, { markId: 'asc' }] });

describe('finishing', () => {
  it('LIFE-2: keeps what was drawn and given: records, state, hash, picture, totals, doses with their regions', async () => {
    const records = [
      injection('one', units(4)),
      injection('two', units(2.5), 100, 420),
      stroke('line', [
        { x: 1, y: 1 },
        { x: 60, y: 9 },
      ]),
    ];
    await draw(bench, stage, schemeId, records);
    valueOf(await mark(['shape:one'], { lotId: stage.lots.botox, note: 'a little deeper' }));
    expect(valueOf(await finish())).toEqual({ schemeId, number: 1 });
    const kept = await revisionOf(1);
    const back = unpressRecords(kept.records);
    expect(canonicalText(back)).toBe(canonicalText(records));
    expect(Buffer.from(kept.hash)).toEqual(createHash('sha256').update(unpressText(kept.records)).digest());
    expect(unpressText(kept.svg)).toMatch(/^<svg[^>]*>.*4\u00a0U.*<\/svg>$/s);
    expect(Buffer.from(kept.png).subarray(1, 4).toString()).toBe('PNG');
    expect(kept.difference).toMatchObject({
      added: expect.arrayContaining(['shape:one']),
      removed: [],
      changed: [],
    });
    expect(await schemeOf(bench.db, schemeId)).toMatchObject({
      status: 'finished',
      revision: 1,
      finishedBy: stage.anna.accountId,
    });
    const given = await doses();
    expect(given).toMatchObject([
      {
        markId: 'shape:one',
        lotId: stage.lots.botox,
        doseHundredths: 400,
        unit: 'U',
        isNewest: true,
        productId: stage.botox,
      },
      { markId: 'shape:two', lotId: null, doseHundredths: 250, region: null },
    ]);
    expect(given[0]?.givenOn.toISOString().slice(0, 10)).toBe('2026-06-03');
    const beside = await bench.db.schemeBeside.findFirstOrThrow({ where: { schemeId } });
    expect(beside.marks).toEqual([
      {
        markId: 'shape:one',
        lotId: stage.lots.botox,
        lotNumber: 'B-100',
        expiresOn: '2026-06-03',
        note: 'a little deeper',
      },
    ]);
    expect(beside.totals).toHaveLength(2);
    // A document lives while it is drawn on.
    expect(await bench.db.schemeUpdate.count({ where: { schemeId } })).toBe(0);
  });

  it('LIFE-3: refuses what may not be kept, mark by mark, and changes nothing', async () => {
    expect(refusalOf(await finish())).toEqual({
      code: 'scheme_refused',
      faults: [{ markId: '', reason: 'no_marks' }],
    });
    const bad = { ...injection('bad', null), x: 500 };
    await draw(bench, stage, schemeId, [
      injection('lot', units(4)),
      injection('unknown', units(4, randomUUID())),
      { ...bad, props: { ...bad.props, hue: 77 } } as typeof bad,
    ]);
    valueOf(await mark(['shape:lot'], { lotId: stage.lots.botoxExpired }));
    const faults = [
      { markId: 'shape:bad', reason: 'bad_record' },
      { markId: 'shape:lot', reason: 'lot_expired' },
      { markId: 'shape:unknown', reason: 'unknown_product' },
    ];
    const refused = refusalOf(await finish());
    expect(refused).toMatchObject({ code: 'scheme_refused', faults: expect.arrayContaining(faults) });
    expect(valueOf(await by(readFaults, bench.deps, stage.anna, schemeId)).faults).toHaveLength(3);
    expect(await schemeOf(bench.db, schemeId)).toMatchObject({ status: 'draft', revision: 0 });
    expect(await bench.db.schemeRevision.count({ where: { schemeId } })).toBe(0);
  });

  it('a lot may be used on its last local day, not after, and a correction is about the day it was given', async () => {
    await draw(bench, stage, schemeId, [injection('one', units(4))]);
    valueOf(await mark(['shape:one'], { lotId: stage.lots.botox }));
    // 23:30 in Berlin is still the 3rd; the world's clock says 21:30.
    bench.clock.set('2026-06-03T22:30:00Z');
    expect(refusalOf(await finish())).toMatchObject({ faults: [{ reason: 'lot_expired' }] });
    bench.clock.set('2026-06-03T21:30:00Z');
    valueOf(await finish());
    bench.clock.set('2026-07-01T08:00:00Z');
    valueOf(await correct());
    await draw(bench, stage, schemeId, [injection('one', units(5))]);
    valueOf(await finish());
    expect(
      (await doses()).map(({ givenOn, isNewest, doseHundredths }) => [
        givenOn.toISOString().slice(0, 10),
        isNewest,
        doseHundredths,
      ]),
    ).toEqual([
      ['2026-06-03', false, 400],
      ['2026-06-03', true, 500],
    ]);
  });

  it('LIFE-4: of many who finish at once one does, and the others are told that it is finished', async () => {
    await draw(bench, stage, schemeId, [injection('one', units(4))]);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => finish(n % 2 ? stage.anna : stage.administrator)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers.filter(({ ok }) => !ok))
      expect(refusalOf(answer)).toEqual({ code: 'scheme_closed', status: 'finished' });
    expect(await bench.db.schemeRevision.count({ where: { schemeId } })).toBe(1);
  });

  it('the picture is of what is committed as the row is held, however much is drawn meanwhile', async () => {
    const records = [injection('one', units(4))];
    await draw(bench, stage, schemeId, records);
    let isDone = false;
    const finishing = finish().then((answer) => {
      isDone = true;
      return answer;
    });
    for (let n = 0; !isDone && n < 200; n++) {
      records.push(injection(`more${n}`, units(1), 300 + n, 500));
      await draw(bench, stage, schemeId, records).catch(() => undefined);
    }
    valueOf(await finishing);
    const kept = await revisionOf(1);
    const back = unpressRecords(kept.records);
    expect(unpressText(kept.svg).match(/1\u00a0U/g)?.length ?? 0).toBe(back.length - 1);
  });

  it('is for who draws', async () => {
    await draw(bench, stage, schemeId, [injection('one', units(4))]);
    expect(refusalOf(await finish(stage.boris))).toMatchObject({ noun: 'scheme' });
    expect(refusalOf(await finish(stage.desk))).toMatchObject({ noun: 'scheme' });
    const reader = { ...stage.desk, rights: new Set([...stage.desk.rights, 'schemes.view' as const]) };
    expect(refusalOf(await finish(reader))).toEqual({ code: 'forbidden' });
  });
});

describe('correcting', () => {
  const finished = async () => {
    await draw(bench, stage, schemeId, [injection('one', units(4)), injection('two', units(2))]);
    valueOf(await mark(['shape:one'], { lotId: stage.lots.botox }));
    valueOf(await finish());
  };

  it('LIFE-1: goes on from what was finished, wants a reason and a change, and shows the change', async () => {
    await finished();
    expect(refusalOf(await correct(''))).toEqual({ code: 'reason_required' });
    expect(valueOf(await correct())).toEqual({ generation: 1 });
    expect(refusalOf(await correct())).toEqual({ code: 'scheme_not_finished' });
    expect(await drawnOf(bench, schemeId)).toEqual(['shape:one', 'shape:two']);
    expect(refusalOf(await finish())).toEqual({ code: 'nothing_changed' });
    await draw(bench, stage, schemeId, [injection('one', units(5)), injection('three', units(1))]);
    valueOf(await finish());
    const [first, second] = [await revisionOf(1), await revisionOf(2)];
    expect(first.reason).toBeNull();
    expect(second).toMatchObject({ reason: 'Wrong side', number: 2 });
    expect(second.difference).toMatchObject({
      added: ['shape:three'],
      removed: ['shape:two'],
      changed: [{ id: 'shape:one' }],
    });
    expect((await doses()).filter(({ isNewest }) => isNewest).map(({ markId }) => markId)).toEqual([
      'shape:one',
      'shape:three',
    ]);
  });

  it('another lot alone is a change', async () => {
    await finished();
    valueOf(await correct());
    valueOf(await mark(['shape:one'], { lotId: null }));
    valueOf(await finish());
    expect((await revisionOf(2)).difference).toEqual({ added: [], removed: [], changed: [] });
  });

  it('LIFE-1: cancelled, the last revision stands as it was: document, lots, history; what was held of it is another generation', async () => {
    await finished();
    bench.clock.advanceMinutes(5);
    valueOf(await correct());
    await draw(bench, stage, schemeId, [injection('else', units(9))]);
    valueOf(await mark(['shape:one'], { lotId: null, note: 'never said' }));
    expect(valueOf(await cancel())).toEqual({ status: 'finished' });
    expect(await schemeOf(bench.db, schemeId)).toMatchObject({
      status: 'finished',
      revision: 1,
      generation: 2,
      correctionReason: null,
    });
    expect(await bench.db.schemeMark.findMany({ where: { schemeId } })).toMatchObject([
      { markId: 'shape:one', lotId: stage.lots.botox, note: '' },
    ]);
    expect(await bench.db.schemeStep.count({ where: { schemeId } })).toBe(1);
    valueOf(await correct());
    expect(await drawnOf(bench, schemeId)).toEqual(['shape:one', 'shape:two']);
  });

  it('LIFE-2: what is finished is never changed, not even by the owner of the rows', async () => {
    await finished();
    await expect(
      withClient(database().ownerUrl, (client) =>
        client.query(`UPDATE scheme_revision SET reason = 'x' WHERE scheme_id = $1`, [schemeId]),
      ),
    ).rejects.toThrow();
  });
});

describe('cancelling', () => {
  it('LIFE-1: leaves no trace but the entry in the trail', async () => {
    await draw(bench, stage, schemeId, [injection('one', units(4))]);
    valueOf(await mark(['shape:one'], { note: 'secret' }));
    expect(valueOf(await cancel())).toEqual({ status: 'cancelled' });
    for (const count of [
      bench.db.schemeUpdate.count({ where: { schemeId } }),
      bench.db.schemeState.count({ where: { schemeId } }),
      bench.db.schemeStep.count({ where: { schemeId } }),
      bench.db.schemeWriter.count({ where: { schemeId } }),
      bench.db.schemeMark.count({ where: { schemeId } }),
    ])
      expect(await count).toBe(0);
    expect(refusalOf(await cancel())).toEqual({ code: 'scheme_closed', status: 'cancelled' });
    expect(refusalOf(await finish())).toEqual({ code: 'scheme_closed', status: 'cancelled' });
    const entries = await bench.db.auditEntry.findMany({
      where: { subjectId: schemeId, action: 'scheme.update' },
    });
    expect(JSON.stringify(entries.map(({ detail }) => detail))).toContain('cancelled');
  });
});

describe('lots and notes', () => {
  it('a lot belongs to its mark’s product; what is not committed yet is believed', async () => {
    await draw(bench, stage, schemeId, [injection('one', units(4)), injection('bare', null)]);
    for (const id of ['shape:one', 'shape:bare'])
      expect(refusalOf(await mark([id], { lotId: stage.lots.filler }))).toMatchObject({
        code: 'scheme_refused',
        faults: [{ markId: id, reason: 'lot_unknown' }],
      });
    expect(refusalOf(await mark(['shape:one'], { lotId: randomUUID() }))).toMatchObject({ noun: 'lot' });
    valueOf(await mark(['shape:later'], { lotId: stage.lots.filler }));
    valueOf(await mark(['shape:one'], { lotId: stage.lots.botox }));
    valueOf(await mark(['shape:one'], { note: 'left' }));
    expect(await bench.db.schemeMark.findFirst({ where: { schemeId, markId: 'shape:one' } })).toMatchObject({
      lotId: stage.lots.botox,
      note: 'left',
    });
    valueOf(await mark(['shape:one'], { lotId: null, note: '' }));
    expect(await bench.db.schemeMark.count({ where: { schemeId, markId: 'shape:one' } })).toBe(0);
  });
});

describe('going back', () => {
  it('to any step, as one step more', async () => {
    await draw(bench, stage, schemeId, [injection('one', units(4))]);
    await draw(bench, stage, schemeId, [injection('one', units(4)), injection('two', units(4))]);
    const { steps } = valueOf(await by(readHistoryOf, bench.db, stage.anna, { schemeId, before: null }));
    expect(steps).toHaveLength(2);
    const stepId = steps[1]?.id ?? '';
    valueOf(await by(goBack, bench.deps, stage.anna, { schemeId, stepId }));
    expect(await drawnOf(bench, schemeId)).toEqual(['shape:one']);
    const after = valueOf(await by(readHistoryOf, bench.db, stage.anna, { schemeId, before: null }));
    expect(after.steps[0]).toMatchObject({ kind: 'back', name: 'Anna Weiss' });
    expect(
      refusalOf(await by(goBack, bench.deps, stage.anna, { schemeId, stepId: '999999999' })),
    ).toMatchObject({ noun: 'step' });
    expect(refusalOf(await by(goBack, bench.deps, stage.boris, { schemeId, stepId }))).toMatchObject({
      noun: 'scheme',
    });
  });
});
