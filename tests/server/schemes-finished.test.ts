/** What is done with finished schemes: shared, read again, compared, told by region, printed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { mergeCards } from '../../src/server/clients/merge.ts';
import { transact } from '../../src/server/db.ts';
import { correctScheme } from '../../src/server/schemes/correct.ts';
import { finishScheme } from '../../src/server/schemes/finish.ts';
import { readPictureFile } from '../../src/server/schemes/finished-file.ts';
import { setMark } from '../../src/server/schemes/mark-lots.ts';
import { openScheme } from '../../src/server/schemes/open.ts';
import { readSchemePdf } from '../../src/server/schemes/pdf-content.ts';
import { listOwnSchemes, readOwnScheme } from '../../src/server/schemes/portal.ts';
import { listSchemes, readScheme } from '../../src/server/schemes/queries.ts';
import { readRegions } from '../../src/server/schemes/region-history.ts';
import { readRevision } from '../../src/server/schemes/revisions.ts';
import { shareScheme } from '../../src/server/schemes/share.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { type Bench, makeAccount, makeCard, openBench } from '../support/people.ts';
import {
  draw,
  injection,
  makeSchemeStage,
  opened,
  refusalOf,
  type SchemeStage,
  valueOf,
} from '../support/scheme-stage.ts';

const database = fileDatabase(20);
let bench: Bench;
let stage: SchemeStage;
let client: Extract<Actor, { kind: 'client' }>;
let other: Extract<Actor, { kind: 'client' }>;
let schemeId = '';

const units = (dose: number) => ({ productId: stage.botox, productName: 'Botox', dose, unit: 'U' as const });
const clientOf = async (clientId: string, email: string) => {
  const accountId = await makeAccount(bench.db, { email, role: 'client' });
  await bench.db.client.update({ where: { id: clientId }, data: { accountId } });
  return { kind: 'client', accountId, clientId, holderKey: null } as const;
};
const share = (isShared: boolean) => by(shareScheme, bench.deps, stage.anna, { schemeId, isShared });
const revision = (number: number | null, actor: Actor = stage.anna) =>
  by(readRevision, bench.db, actor, { schemeId, number });

beforeAll(async () => {
  bench = await openBench(database());
  stage = await makeSchemeStage(bench);
  client = await clientOf(stage.clientId, 'ana@example.com');
  other = await clientOf(stage.otherClientId, 'boris@example.com');
  schemeId = await opened(bench, stage);
  // The glabella, and its two sides' crow's feet.
  await draw(bench, stage, schemeId, [
    injection('one', units(4), 500, 420),
    injection('two', units(2.5), 500, 425),
  ]);
  valueOf(
    await by(setMark, bench.deps, stage.anna, {
      schemeId,
      markIds: ['shape:one'],
      lotId: stage.lots.botox,
      note: 'for the staff alone',
    }),
  );
  valueOf(await by(finishScheme, bench.deps, stage.anna, schemeId));
});
afterAll(() => bench.stop());

describe('sharing', () => {
  it('nothing of an unfinished one can be shared, and nothing unshared is seen', async () => {
    const draft = valueOf(
      await by(openScheme, bench.deps, stage.anna, {
        clientId: stage.clientId,
        visitId: null,
        backdrop: { kind: 'template', templateKey: 'hand_left' },
        title: '',
        underSchemeId: null,
      }),
    ).schemeId;
    expect(
      refusalOf(await by(shareScheme, bench.deps, stage.anna, { schemeId: draft, isShared: true })),
    ).toEqual({ code: 'scheme_not_finished' });
    expect(await by(listOwnSchemes, bench.db, client)).toEqual({ schemes: [] });
    expect(refusalOf(await by(readOwnScheme, bench.db, client, schemeId))).toMatchObject({ noun: 'scheme' });
    expect(
      await by(readPictureFile, bench.db, client, { schemeId, number: 1, form: 'picture.png' }),
    ).toBeNull();
  });

  it('LIFE-5: the client sees the newest finished revision, products and doses; no lots, no notes; nobody else does', async () => {
    valueOf(await share(true));
    const { schemes } = await by(listOwnSchemes, bench.db, client);
    expect(schemes).toMatchObject([{ schemeId, thumbnail: `/api/drawings/${schemeId}/1/thumbnail.png` }]);
    const own = valueOf(await by(readOwnScheme, bench.db, client, schemeId));
    expect(own.records.map(({ id }) => id).sort()).toEqual(['shape:one', 'shape:two']);
    expect(own.totals).toMatchObject([
      { productName: 'Botox', doseHundredths: 650, markCount: 2, lotId: null },
    ]);
    for (const secret of ['B-100', stage.lots.botox, 'for the staff alone'])
      expect(JSON.stringify(own)).not.toContain(secret);
    expect(await by(listOwnSchemes, bench.db, other)).toEqual({ schemes: [] });
    expect(refusalOf(await by(readOwnScheme, bench.db, other, schemeId))).toMatchObject({ noun: 'scheme' });
  });

  it('while it is corrected the finished one is still seen; taken back, nothing is', async () => {
    valueOf(await by(correctScheme, bench.deps, stage.anna, { schemeId, reason: 'The dose was 5' }));
    await draw(bench, stage, schemeId, [
      injection('one', units(5), 500, 420),
      injection('three', units(1), 500, 420),
    ]);
    expect(valueOf(await by(readOwnScheme, bench.db, client, schemeId)).totals[0]?.doseHundredths).toBe(650);
    valueOf(await by(finishScheme, bench.deps, stage.anna, schemeId));
    const own = valueOf(await by(readOwnScheme, bench.db, client, schemeId));
    expect(own.totals[0]?.doseHundredths).toBe(600);
    const file = (actor: Actor, number: number) =>
      by(readPictureFile, bench.db, actor, { schemeId, number, form: 'picture.png' });
    expect(await file(client, 2)).not.toBeNull();
    // What was wrong before is between the clinic and its records.
    expect(await file(client, 1)).toBeNull();
    expect(await file(stage.anna, 1)).not.toBeNull();
    expect(await file(stage.anna, 3)).toBeNull();
    expect(await file(stage.boris, 2)).toBeNull();
    valueOf(await share(false));
    expect(await file(client, 2)).toBeNull();
    expect(refusalOf(await by(readOwnScheme, bench.db, client, schemeId))).toMatchObject({ noun: 'scheme' });
  });
});

describe('revisions', () => {
  it('each as it was finished, with what it changed', async () => {
    const newest = valueOf(await revision(null));
    expect(newest).toMatchObject({
      number: 2,
      reason: 'The dose was 5',
      finishedBy: 'Anna Weiss',
      difference: {
        added: ['shape:three'],
        removed: ['shape:two'],
        changed: [{ id: 'shape:one', fields: expect.arrayContaining(['dose']) }],
      },
      before: { records: expect.any(Array) },
      revisions: [{ number: 2 }, { number: 1, reason: null }],
    });
    const first = valueOf(await revision(1));
    expect(first).toMatchObject({ number: 1, difference: null, before: null });
    expect(first.marks).toMatchObject([
      { markId: 'shape:one', lotNumber: 'B-100', note: 'for the staff alone' },
    ]);
    expect(first.hash).not.toBe(newest.hash);
    expect(refusalOf(await revision(3))).toEqual({ code: 'not_found', noun: 'revision' });
    expect(refusalOf(await revision(1, stage.boris))).toMatchObject({ noun: 'scheme' });
  });

  it('the card lists it, and the next one may repeat it as its under-layer', async () => {
    const { schemes } = valueOf(await by(listSchemes, bench.db, stage.anna, stage.clientId));
    expect(schemes.find((each) => each.schemeId === schemeId)).toMatchObject({
      revision: 2,
      status: 'finished',
      finishedBy: 'Anna Weiss',
      thumbnail: `/api/drawings/${schemeId}/2/thumbnail.png`,
    });
    const repeated = valueOf(
      await by(openScheme, bench.deps, stage.anna, {
        clientId: stage.clientId,
        visitId: stage.visitId,
        backdrop: { kind: 'template', templateKey: 'hand_right' },
        title: 'Again',
        underSchemeId: null,
        repeat: true,
      }),
    ).schemeId;
    const read = valueOf(await by(readScheme, bench.db, stage.anna, repeated, bench.clock.now()));
    expect(read).toMatchObject({
      backdrop: { kind: 'template', templateKey: 'face_front_female' },
      under: { schemeId, number: 2 },
    });
    expect(read.under?.records.map(({ id }) => id).sort()).toEqual(['shape:one', 'shape:three']);
  });
});

describe('by region', () => {
  it('tells each scheme’s newest revision, and nothing that was corrected away', async () => {
    const regions = (region: string | null, actor = stage.anna) =>
      by(readRegions, bench.db, actor, { clientId: stage.clientId, region });
    const all = valueOf(await regions(null));
    expect(all.doses).toEqual([]);
    const [told] = all.regions;
    expect(told).toMatchObject({ region: expect.any(String), lastOn: '2026-06-03', dayCount: 1 });
    const { doses } = valueOf(await regions(told?.region ?? null));
    expect(doses).toMatchObject([
      {
        schemeId,
        number: 2,
        givenOn: '2026-06-03',
        productName: 'Botox',
        unit: 'U',
        doseHundredths: 600,
        markCount: 2,
      },
    ]);
    expect(refusalOf(await regions(null, stage.boris))).toMatchObject({ noun: 'client' });
    expect(refusalOf(await regions(null, stage.desk))).toEqual({ code: 'forbidden' });
  });
});

describe('files', () => {
  it('pictures and a page to print, in both languages; a client’s without what is the staff’s', async () => {
    const svg = await by(readPictureFile, bench.db, stage.anna, { schemeId, number: 2, form: 'picture.svg' });
    expect(new TextDecoder().decode(svg?.bytes)).toMatch(/^<svg/);
    const small = await by(readPictureFile, bench.db, stage.anna, {
      schemeId,
      number: 2,
      form: 'thumbnail.png',
    });
    const whole = await by(readPictureFile, bench.db, stage.anna, {
      schemeId,
      number: 2,
      form: 'picture.png',
    });
    expect(small?.bytes.length).toBeLessThan(whole?.bytes.length ?? 0);
    for (const locale of ['en', 'ru', 'xx']) {
      const pdf = await by(readSchemePdf, bench.db, stage.anna, { schemeId, number: 2, locale });
      expect(
        Buffer.from(pdf ?? [])
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    expect(await by(readSchemePdf, bench.db, client, { schemeId, number: 2, locale: 'en' })).toBeNull();
    valueOf(await share(true));
    expect(await by(readSchemePdf, bench.db, client, { schemeId, number: 2, locale: 'ru' })).not.toBeNull();
  });
});

describe('two cards of one person', () => {
  it('what was drawn goes over to the card that stays, with its doses', async () => {
    const intoId = await makeCard(bench.db, { firstName: 'Ana' });
    const spareId = await makeCard(bench.db, { firstName: 'Anna' });
    const moved = valueOf(
      await by(openScheme, bench.deps, stage.administrator, {
        clientId: spareId,
        visitId: null,
        backdrop: { kind: 'template', templateKey: 'face_front_female' },
        title: '',
        underSchemeId: null,
      }),
    ).schemeId;
    await draw(bench, stage, moved, [injection('one', units(3), 500, 420)]);
    valueOf(await by(finishScheme, bench.deps, stage.administrator, moved));
    await transact(bench.db, (tx) =>
      mergeCards(tx, bench.clock.now(), {
        fromId: spareId,
        intoId,
        action: 'client.link_account',
        reason: null,
      }),
    );
    for (const clientId of [spareId, intoId]) {
      const { schemes } = valueOf(await by(listSchemes, bench.db, stage.administrator, clientId));
      expect(schemes.map((each) => each.schemeId)).toEqual([moved]);
    }
    const { regions } = valueOf(
      await by(readRegions, bench.db, stage.administrator, { clientId: intoId, region: null }),
    );
    expect(regions).toHaveLength(1);
    expect(refusalOf(await by(listSchemes, bench.db, stage.administrator, randomUUID()))).toMatchObject({
      noun: 'client',
    });
  });
});
