/** Two at once, and what is asked of drawings that no page of ours would ask. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transact } from '../../src/server/db.ts';
import { mergeCards } from '../../src/server/clients/merge.ts';
import { removeLot, removeProduct } from '../../src/server/products/commands.ts';
import { cancelScheme } from '../../src/server/schemes/cancel.ts';
import { correctScheme } from '../../src/server/schemes/correct.ts';
import { finishScheme } from '../../src/server/schemes/finish.ts';
import { changeGuest, inviteGuest, joinByInvite } from '../../src/server/schemes/guests.ts';
import { goBack, readHistoryOf } from '../../src/server/schemes/history.ts';
import { setMark } from '../../src/server/schemes/mark-lots.ts';
import { openScheme } from '../../src/server/schemes/open.ts';
import { readRevision } from '../../src/server/schemes/revisions.ts';
import { redeemTicket, issueTicket } from '../../src/server/schemes/tickets.ts';
import { schemePdf } from '../../src/server/schemes/pdf.ts';
import { pdfWords } from '../../src/server/schemes/pdf-words.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { type Bench, makeCard, nobody, openBench } from '../support/people.ts';
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
});

const given = (dose = 4) => ({ productId: stage.botox, productName: 'Botox', dose, unit: 'U' as const });
const finish = () => by(finishScheme, bench.deps, stage.anna, schemeId);
const cancel = () => by(cancelScheme, bench.deps, stage.anna, schemeId);
const mark = (markId: string, lotId: string) =>
  by(setMark, bench.deps, stage.anna, { schemeId, markIds: [markId], lotId });

describe('at the same moment', () => {
  it('finish, cancel, correct, a step back, a lot and a guest let in: each is done or refused by name, and what stands is whole', async () => {
    const codes = new Set<string>();
    for (let round = 0; round < 8; round++) {
      schemeId = await opened(bench, stage);
      await draw(bench, stage, schemeId, [injection(`a${round}`, given())]);
      await draw(bench, stage, schemeId, [injection(`a${round}`, given()), injection(`b${round}`, given())]);
      const { steps } = valueOf(await by(readHistoryOf, bench.db, stage.anna, { schemeId, before: null }));
      const { inviteToken } = valueOf(await by(inviteGuest, bench.deps, stage.anna, schemeId));
      valueOf(await by(joinByInvite, bench.deps, nobody, { inviteToken, name: 'Ana' }));
      const guest = await bench.db.drawingGuest.findFirstOrThrow({ where: { schemeId } });
      const answers = await Promise.all([
        finish(),
        finish(),
        mark(`shape:a${round}`, stage.lots.botox),
        by(goBack, bench.deps, stage.anna, { schemeId, stepId: steps.at(-1)?.id ?? '1' }),
        by(changeGuest, bench.deps, stage.anna, { schemeId, guestId: guest.id, to: 'draw' as const }),
        ...(round % 2 === 0 ? [cancel()] : []),
        by(correctScheme, bench.deps, stage.anna, { schemeId, reason: 'Again' }),
        draw(bench, stage, schemeId, [injection(`c${round}`, given())]).then(() => ({
          ok: true as const,
          value: null,
        })),
      ]);
      for (const answer of answers) if (!answer.ok) codes.add(answer.refusal.code);
      const { status, revision } = await schemeOf(bench.db, schemeId);
      const revisions = await bench.db.schemeRevision.count({ where: { schemeId } });
      expect(revisions).toBe(revision);
      if (status === 'cancelled') expect(await drawnOf(bench, schemeId)).toEqual([]);
      if (status !== 'draft')
        expect(await bench.db.drawingGuest.count({ where: { schemeId, status: { not: 'ended' } } })).toBe(0);
      for (let number = 1; number <= revision; number++) {
        const view = valueOf(await by(readRevision, bench.db, stage.anna, { schemeId, number }));
        expect(await bench.db.schemeDose.count({ where: { schemeId, number } })).toBe(view.records.length);
      }
    }
    for (const code of codes)
      expect(['scheme_closed', 'scheme_not_finished', 'not_found', 'nothing_changed', 'stale']).toContain(
        code,
      );
  });

  it('a card is merged while its drawing is finished: both are done, and the doses are where the drawing is', async () => {
    for (let round = 0; round < 6; round++) {
      schemeId = await opened(bench, stage);
      await draw(bench, stage, schemeId, [injection(`m${round}`, given())]);
      const gone = await makeCard(bench.db);
      await bench.db.scheme.update({ where: { id: schemeId }, data: { clientId: gone } });
      const asAda = () => by(finishScheme, bench.deps, stage.administrator, schemeId);
      const merge = transact(bench.db, (tx) =>
        mergeCards(tx, bench.clock.now(), {
          fromId: gone,
          intoId: stage.clientId,
          action: 'client.merge_by_proof',
          reason: null,
        }),
      );
      const [answer] = await Promise.all([asAda(), merge]);
      valueOf(answer.ok ? answer : await asAda());
      const { clientId } = await schemeOf(bench.db, schemeId);
      expect(clientId).toBe(stage.clientId);
      expect(await bench.db.schemeDose.findMany({ where: { schemeId }, select: { clientId: true } })).toEqual(
        [{ clientId }],
      );
    }
  });

  it('a lot is removed while it is chosen: one of both is refused by name', async () => {
    for (let round = 0; round < 8; round++) {
      await draw(bench, stage, schemeId, [injection('x', given())]);
      const lot = await bench.db.lot.create({
        data: {
          id: randomUUID(),
          productId: stage.botox,
          number: `R-${round}`,
          expiresOn: new Date('2027-01-01'),
          createdAt: new Date(),
        },
      });
      const [chosen, removed] = await Promise.all([
        mark('shape:x', lot.id),
        by(removeLot, bench.deps, stage.administrator, { lotId: lot.id }),
      ]);
      if (!chosen.ok) expect(chosen.refusal.code).toBe('not_found');
      if (!removed.ok) expect(removed.refusal.code).toBe('in_use');
      expect(chosen.ok).not.toBe(removed.ok);
    }
  });

  it('a product and its lot are removed while a drawing with them is finished: one of both is refused by name', async () => {
    for (let round = 0; round < 6; round++) {
      schemeId = await opened(bench, stage);
      const product = await bench.db.product.create({
        data: {
          id: randomUUID(),
          code: `p${round}`,
          name: 'New',
          priceMinor: 1,
          costMinor: 1,
          doseUnit: 'U',
          hue: 2,
        },
      });
      const drawn = { productId: product.id, productName: 'New', dose: 2, unit: 'U' as const };
      await draw(bench, stage, schemeId, [injection(`p${round}`, drawn)]);
      const removing = new Promise((wake) => setTimeout(wake, round * 12)).then(() =>
        by(removeProduct, bench.deps, stage.administrator, { productId: product.id }),
      );
      const [finished, removed] = await Promise.all([finish(), removing]);
      if (!finished.ok) expect(finished.refusal).toMatchObject({ code: 'scheme_refused' });
      if (!removed.ok) expect(removed.refusal.code).toBe('in_use');
      expect(finished.ok).not.toBe(removed.ok);
      if (!finished.ok) valueOf(await cancel());
    }
  });

  it('a ticket that fifty sockets bring opens one', async () => {
    const who = { kind: 'account' as const, accountId: stage.anna.accountId, sessionId: randomUUID() };
    const ticket = await issueTicket({ db: bench.db, now: bench.clock.now }, who, schemeId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => redeemTicket(bench.db, ticket, bench.clock.now())),
    );
    expect(answers.filter((each) => each !== null)).toHaveLength(1);
    const next = await issueTicket({ db: bench.db, now: bench.clock.now }, who, schemeId);
    // The generation is part of what is hashed: it can't be rewritten.
    expect(await redeemTicket(bench.db, next.replace(/\.1$/, '.2'), bench.clock.now())).toBeNull();
  });
});

describe('characters that no document holds', () => {
  it('stand in no record: a revision couldn’t be written down with them', () => {
    const odd = (productName: string) => () => injection('odd', { ...given(), productName });
    expect(odd('Bo\u0000tox')).toThrow();
    expect(odd('Bo\u202etox \u0007')).not.toThrow();
  });

  it('that may stand in a record are finished all the same', async () => {
    const odd = { ...given(), productName: 'Bo\u202etox \u0007\ufffe' };
    await draw(bench, stage, schemeId, [injection('odd', odd)]);
    valueOf(await finish());
  });

  it('a page to print stands whatever the names are', async () => {
    const odd = `\u0000\u0007\u202e${'אבג '.repeat(20)}`;
    const { png } = await revisionPng();
    const bytes = await schemePdf(
      {
        clinic: odd.repeat(40),
        title: odd.repeat(100),
        client: 'A'.repeat(10_000),
        finishedAt: bench.clock.now(),
        zone: 'Europe/Berlin',
        finishedBy: odd.repeat(100),
        number: 2,
        reason: odd.repeat(100),
        hash: 'ab'.repeat(32),
        png,
        totals: [
          {
            productId: stage.botox,
            productName: odd,
            lotId: null,
            region: null,
            unit: 'U',
            doseHundredths: 1,
            markCount: 1,
          },
        ],
        lots: new Map(),
      },
      pdfWords('en'),
    );
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length,
    ).toBeLessThan(8);
  });

  async function revisionPng() {
    await draw(bench, stage, schemeId, [injection('png', null)]);
    valueOf(await finish());
    return bench.db.schemeRevision.findFirstOrThrow({ where: { schemeId } });
  }
});

it('LIFE-3: a drawing that could be kept and never be read again is refused', async () => {
  const points = (from: number) =>
    Array.from({ length: 4_000 }, (_, at) => ({ x: at + from / 7, y: at * 1.371, z: 0.513 }));
  const strokes = Array.from({ length: 130 }, (_, at) => stroke(`big${at}`, points(at)));
  await draw(bench, stage, schemeId, strokes);
  expect(refusalOf(await finish())).toEqual({
    code: 'scheme_refused',
    faults: [{ markId: '', reason: 'too_many' }],
  });
  await draw(bench, stage, schemeId, strokes.slice(0, 1));
  valueOf(await finish());
});

it('a step of another drawing, or of what was thrown back, is none', async () => {
  await draw(bench, stage, schemeId, [injection('mine', null)]);
  const { schemeId: foreign } = valueOf(
    await by(openScheme, bench.deps, stage.anna, {
      clientId: stage.clientId,
      visitId: null,
      backdrop: { kind: 'template', templateKey: 'hand_left' },
      title: '',
      underSchemeId: null,
    }),
  );
  await draw(bench, stage, foreign, [injection('theirs', null)]);
  const stepOf = async (id: string) =>
    String((await bench.db.schemeStep.findFirstOrThrow({ where: { schemeId: id } })).id);
  const back = async (stepId: string) =>
    refusalOf(await by(goBack, bench.deps, stage.anna, { schemeId, stepId }));
  for (const stepId of [await stepOf(foreign), '1', '999999999999999999', '0', '-1'])
    expect(await back(stepId)).toMatchObject({ code: 'not_found', noun: 'step' });
  expect(await drawnOf(bench, schemeId)).toEqual(['shape:mine']);
  const hostile = await by(readHistoryOf, bench.db, stage.anna, { schemeId, before: '999999999999999999' });
  expect(valueOf(hostile).steps).toHaveLength(1);
});
