import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenSchemeInput } from '../../src/domain/scheme/input.ts';
import { openScheme, renameScheme, setUnder } from '../../src/server/schemes/open.ts';
import { listSchemes, readScheme } from '../../src/server/schemes/queries.ts';
import { schemeStanding } from '../../src/server/schemes/read.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { type Bench, makeCard, openBench } from '../support/people.ts';
import {
  makeSchemeStage,
  opened,
  refusalOf,
  schemeOf,
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

const wish = (more: Partial<OpenSchemeInput> = {}): OpenSchemeInput => ({
  clientId: stage.clientId,
  visitId: stage.visitId,
  backdrop: { kind: 'template', templateKey: 'face_front_female' },
  title: 'Forehead',
  underSchemeId: null,
  ...more,
});
const open = (more: Partial<OpenSchemeInput> = {}, actor = stage.anna) =>
  by(openScheme, bench.deps, actor, wish(more));

const makePicture = async (clientId: string | null, isActive = true): Promise<string> => {
  const { id } = await bench.db.picture.create({
    data: {
      id: randomUUID(),
      kind: clientId === null ? 'template' : 'photograph',
      clientId,
      contentType: 'image/jpeg',
      bytes: new Uint8Array([1]),
      preview: new Uint8Array([1]),
      widthPx: 800,
      heightPx: 600,
      sha256: new Uint8Array(32),
      isActive,
      createdBy: stage.anna.accountId,
      createdAt: new Date(),
    },
  });
  return id;
};

describe('opening', () => {
  it('one visit has one draft on one backdrop, however often and by however many it is opened', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => open({}, n % 2 ? stage.anna : stage.administrator)),
    );
    const values = answers.map(valueOf);
    expect(new Set(values.map(({ schemeId }) => schemeId)).size).toBe(1);
    expect(values.filter(({ isNew }) => isNew)).toHaveLength(1);
    const other = valueOf(await open({ backdrop: { kind: 'template', templateKey: 'hand_left' } }));
    expect(other.isNew).toBe(true);
    expect(valueOf(await open({ visitId: null })).isNew).toBe(true);
  });

  it('is for who treats the client or draws for all, in a card they see', async () => {
    expect(refusalOf(await open({}, stage.boris))).toEqual({ code: 'not_found', noun: 'client' });
    expect(refusalOf(await open({}, stage.desk))).toEqual({ code: 'forbidden' });
    expect(refusalOf(await open({ clientId: randomUUID() }))).toMatchObject({ noun: 'client' });
    expect(refusalOf(await open({ clientId: stage.otherClientId }))).toMatchObject({ noun: 'client' });
    expect(await bench.db.scheme.count({ where: { clientId: stage.otherClientId } })).toBe(0);
  });

  it('takes the client’s own visit, picture and scheme beneath, and nobody else’s', async () => {
    const [own, theirs, houses, unused] = [
      await makePicture(stage.clientId),
      await makePicture(stage.otherClientId),
      await makePicture(null),
      await makePicture(null, false),
    ];
    const on = (pictureId: string) => open({ backdrop: { kind: 'picture', pictureId } }, stage.administrator);
    expect(valueOf(await on(own)).isNew).toBe(true);
    expect(valueOf(await on(houses)).isNew).toBe(true);
    for (const pictureId of [theirs, unused, randomUUID()])
      expect(refusalOf(await on(pictureId))).toEqual({ code: 'not_found', noun: 'picture' });
    const elsewhere = valueOf(
      await open({ clientId: stage.otherClientId, visitId: null }, stage.administrator),
    );
    expect(refusalOf(await open({ underSchemeId: elsewhere.schemeId }, stage.administrator))).toMatchObject({
      noun: 'scheme',
    });
    expect(refusalOf(await open({ clientId: stage.otherClientId }, stage.administrator))).toMatchObject({
      noun: 'visit',
    });
  });

  it('an own picture gives the page its height', async () => {
    const pictureId = await makePicture(stage.clientId);
    const { schemeId } = valueOf(await open({ backdrop: { kind: 'picture', pictureId } }));
    const read = valueOf(await by(readScheme, bench.db, stage.anna, schemeId, bench.clock.now()));
    expect(read.backdrop).toMatchObject({ kind: 'picture', pictureId, heightUnits: 750 });
  });
});

describe('reading', () => {
  it('the editor is told what is drawn with: lots still good first, expired ones marked', async () => {
    const { schemeId } = valueOf(await open());
    const read = valueOf(await by(readScheme, bench.db, stage.anna, schemeId, bench.clock.now()));
    expect(read).toMatchObject({
      status: 'draft',
      generation: 1,
      revision: 0,
      canDraw: true,
      clientName: 'Ana Reis',
      today: '2026-06-03',
      openedBy: expect.any(String),
      visit: { visitId: stage.visitId, status: 'in_progress' },
      backdrop: { kind: 'template', templateKey: 'face_front_female' },
    });
    const botox = read.products.find(({ productId }) => productId === stage.botox);
    expect(botox).toMatchObject({ unit: 'U', hue: 1 });
    expect(botox?.lots.map(({ number, isExpired }) => [number, isExpired])).toEqual([
      ['B-100', false],
      ['B-099', true],
    ]);
  });

  it('lists a card’s schemes, newest first, and leaves one entry in the trail', async () => {
    const clientId = await makeCard(bench.db, { firstName: 'Carla' });
    const ids: string[] = [];
    for (const templateKey of ['hand_left', 'hand_right'] as const) {
      const backdrop = { kind: 'template' as const, templateKey };
      ids.unshift(valueOf(await open({ clientId, visitId: null, backdrop }, stage.administrator)).schemeId);
      bench.clock.advanceMinutes(1);
    }
    for (let times = 0; times < 3; times++) {
      const { schemes } = valueOf(await by(listSchemes, bench.db, stage.administrator, clientId));
      expect(schemes.map(({ schemeId }) => schemeId)).toEqual(ids);
      expect(schemes[0]).toMatchObject({ templateKey: 'hand_right', thumbnail: null, openedBy: 'Ada' });
    }
    const entries = await bench.db.auditEntry.count({ where: { clientId, action: 'client.read' } });
    expect(entries).toBe(1);
  });

  it('whoever doesn’t treat the client reads nothing; the desk sees the card and no drawing', async () => {
    const schemeId = await opened(bench, stage);
    const read = (actor: typeof stage.anna) => by(readScheme, bench.db, actor, schemeId, bench.clock.now());
    for (const actor of [stage.boris, stage.desk])
      expect(refusalOf(await read(actor))).toMatchObject({ noun: 'scheme' });
    expect(refusalOf(await by(listSchemes, bench.db, stage.desk, stage.clientId))).toEqual({
      code: 'forbidden',
    });
    expect(refusalOf(await by(listSchemes, bench.db, stage.boris, stage.clientId))).toMatchObject({
      noun: 'client',
    });
    // The rules say the same without row security behind them, as where a socket asks.
    expect(await schemeStanding(bench.db, stage.boris, schemeId)).toBeNull();
    expect(await schemeStanding(bench.db, stage.desk, schemeId)).toMatchObject({ access: 'none' });
    expect(await schemeStanding(bench.db, stage.anna, schemeId)).toMatchObject({ access: 'draw' });
  });
});

describe('around it', () => {
  it('is named by who draws; a scheme beneath must be finished', async () => {
    const schemeId = await opened(bench, stage);
    valueOf(await by(renameScheme, bench.deps, stage.anna, { schemeId, title: 'Left cheek' }));
    expect(await schemeOf(bench.db, schemeId)).toMatchObject({ title: 'Left cheek', version: 2 });
    expect(
      refusalOf(await by(renameScheme, bench.deps, stage.boris, { schemeId, title: 'Mine' })),
    ).toMatchObject({ noun: 'scheme' });
    const draft = valueOf(await open({ backdrop: { kind: 'template', templateKey: 'hand_right' } })).schemeId;
    for (const underSchemeId of [draft, schemeId])
      expect(
        refusalOf(await by(setUnder, bench.deps, stage.anna, { schemeId, underSchemeId })),
      ).toMatchObject({ noun: 'scheme' });
  });
});
