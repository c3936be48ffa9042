/** Schemes written as rows, whole as the commands leave them: for tests that are not about drawing. */
import { createHash, randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { canonicalText } from '../../src/domain/scheme/canonical.ts';
import { differenceOf } from '../../src/domain/scheme/difference.ts';
import { entriesOf, recordsKey } from '../../src/domain/scheme/layout.ts';
import { isMark, type SchemeRecord } from '../../src/domain/scheme/marks.ts';
import { givenBy, hundredthsOf, totalsOf } from '../../src/domain/scheme/totals.ts';
import { hashToken, newToken } from '../../src/server/access/tokens.ts';
import type { Db } from '../../src/server/db.ts';
import { drawnOn, svgOn } from '../../src/server/schemes/drawn-on.ts';
import { packBytes, packText, pressText } from '../../src/server/schemes/packing.ts';
import { pngOf } from '../../src/server/schemes/png.ts';

export interface PlantedScheme {
  schemeId: string;
  stepId: string;
  guestId: string;
  guestToken: string;
  inviteToken: string;
}

export interface SchemeToPlant {
  clientId: string;
  openedBy: string;
  now: Date;
  records: SchemeRecord[];
  title?: string;
  /** Beside the first record. */
  note?: string;
  reason?: string;
  guestName?: string;
  visitId?: string | null;
  isFinished?: boolean;
  isShared?: boolean;
}

/** A draft with a step, somebody waiting and an invitation; or a finished one. */
export async function plantScheme(db: Db, wish: SchemeToPlant): Promise<PlantedScheme> {
  const { clientId, openedBy, now, records, isFinished = false } = wish;
  const schemeId = randomUUID();
  const [guestToken, inviteToken] = [newToken(), newToken()];
  await db.scheme.create({
    data: {
      id: schemeId,
      clientId,
      visitId: wish.visitId ?? null,
      templateKey: 'face_front_female',
      title: wish.title ?? '',
      status: isFinished ? 'finished' : 'draft',
      revision: isFinished ? 1 : 0,
      isShared: wish.isShared ?? false,
      openedBy,
      openedAt: now,
      ...(isFinished ? { finishedBy: openedBy, finishedAt: now } : {}),
    },
  });
  const doc = new Y.Doc();
  const map = doc.getMap(recordsKey);
  doc.transact(() => {
    for (const record of records) map.set(record.id, new Y.Map(entriesOf(record)));
  });
  const state = new Uint8Array(Y.encodeStateAsUpdateV2(doc));
  const changes = Object.fromEntries(records.map((record) => [record.id, [null, record]]));
  const { id: stepId } = await db.schemeStep.create({
    data: {
      schemeId,
      generation: 1,
      accountId: openedBy,
      name: 'Somebody',
      at: now,
      untilAt: now,
      changes: packText(JSON.stringify(changes)),
    },
  });
  const [first] = records;
  if (first && wish.note)
    await db.schemeMark.create({ data: { schemeId, markId: first.id, note: wish.note } });
  const { id: guestId } = await db.drawingGuest.create({
    data: {
      id: randomUUID(),
      schemeId,
      tokenHash: hashToken(guestToken),
      name: wish.guestName ?? 'Guest',
      hue: 5,
      joinedAt: now,
      ...(isFinished ? { status: 'ended', endedAt: now } : {}),
    },
  });
  if (isFinished) await plantRevision(db, schemeId, state, wish);
  else {
    await db.schemeState.create({ data: { schemeId, generation: 1, bytes: state, foldedAt: now } });
    await db.drawingInvite.create({
      data: {
        tokenHash: hashToken(inviteToken),
        schemeId,
        createdBy: openedBy,
        expiresAt: new Date(now.getTime() + 120_000),
      },
    });
  }
  return { schemeId, stepId: String(stepId), guestId, guestToken, inviteToken };
}

async function plantRevision(
  db: Db,
  schemeId: string,
  state: Uint8Array,
  { clientId, openedBy, now, records, note = '', reason }: SchemeToPlant,
): Promise<void> {
  const on = await drawnOn(db, { templateKey: 'face_front_female', pictureId: null });
  const text = canonicalText(records);
  const svg = svgOn(on, records);
  const at = { schemeId, number: 1 };
  const difference = differenceOf([], records);
  await db.schemeRevision.create({
    data: {
      ...at,
      generation: 1,
      finishedBy: openedBy,
      finishedAt: now,
      reason: reason ?? null,
      hash: new Uint8Array(createHash('sha256').update(text).digest()),
      records: await pressText(text),
      state: packBytes(state),
      difference: { ...difference, changed: [] },
      svg: await pressText(svg),
      png: await pngOf(svg, null),
    },
  });
  const marks = records.filter(isMark);
  await db.schemeBeside.create({
    data: {
      ...at,
      marks: note
        ? [{ markId: records[0]?.id ?? '', lotId: null, lotNumber: null, expiresOn: null, note }]
        : [],
      totals: totalsOf(marks, { lotOf: () => null, regionOf: on.regionOf }).map((line) => ({ ...line })),
    },
  });
  await db.schemeDose.createMany({
    data: marks.flatMap((mark) => {
      const given = givenBy(mark);
      if (!given) return [];
      return {
        ...at,
        markId: mark.id,
        clientId,
        productId: given.productId,
        region: on.regionOf(mark),
        doseHundredths: hundredthsOf(given.dose),
        unit: given.unit,
        givenOn: now,
      };
    }),
  });
}
