/** Drawings of a card, with a canary wherever somebody writes or draws something. */
import { randomUUID } from 'node:crypto';
import type { SchemeRecord } from '../../src/domain/scheme/marks.ts';
import { plantScheme, type PlantedScheme } from '../support/planted-scheme.ts';
import { injection } from '../support/scheme-stage.ts';
import type { CanaryKind } from './canaries.ts';
import type { Ground } from './plant.ts';

export interface Stock {
  productId: string;
  /** Nothing was ever given of it. */
  spareProductId: string;
  lotId: string;
}

/** What is drawn with: the house's, and nobody's secret. */
export async function plantStock(ground: Ground): Promise<Stock> {
  const { db, now } = ground;
  const { id: productId } = await db.product.create({
    data: { id: randomUUID(), code: 'toxin', name: 'Toxin', priceMinor: 1, costMinor: 1, doseUnit: 'U' },
  });
  const { id: lotId } = await db.lot.create({
    data: { id: randomUUID(), productId, number: 'L-1', expiresOn: new Date('2027-01-31'), createdAt: now },
  });
  const spare = { productId, number: 'L-2', expiresOn: new Date('2027-02-28'), createdAt: now };
  await db.lot.create({ data: { ...spare, id: randomUUID() } });
  const { id: spareProductId } = await db.product.create({
    data: { id: randomUUID(), code: 'spare', name: 'Spare', priceMinor: 1, costMinor: 1, doseUnit: 'ml' },
  });
  await plantPicture(ground, { clientId: null, title: 'Own template' });
  return { productId, spareProductId, lotId };
}

async function plantPicture(
  { db, now }: Ground,
  { clientId, title }: { clientId: string | null; title: string },
): Promise<string> {
  const bytes = new Uint8Array([1, 2, 3]);
  const { id } = await db.picture.create({
    data: {
      id: randomUUID(),
      kind: clientId === null ? 'template' : 'photograph',
      clientId,
      title,
      contentType: 'image/webp',
      bytes,
      preview: bytes,
      widthPx: 4,
      heightPx: 3,
      sha256: bytes,
      createdBy: randomUUID(),
      createdAt: now,
    },
  });
  return id;
}

/** A photograph of somebody. */
export const plantPhotograph = (
  ground: Ground,
  { of, clientId }: { of: string; clientId: string },
): Promise<string> =>
  plantPicture(ground, { clientId, title: `Photograph ${ground.canaries.word({ kind: 'drawing', of })}` });

/** A draft, one that is finished, and one that is shared with its client. */
export async function plantSchemes(
  { db, canaries, now }: Ground,
  { productId }: Stock,
  card: { of: string; clientId: string; openedBy: string },
): Promise<PlantedScheme[]> {
  const { of, clientId, openedBy } = card;
  const planted: PlantedScheme[] = [];
  for (const kind of ['draft', 'finished', 'shared'] as const) {
    const seen: CanaryKind = kind === 'shared' ? 'sharedDrawing' : 'drawing';
    const hidden = () => canaries.word({ kind: 'drawing', of });
    const records: SchemeRecord[] = [
      injection('one', {
        productId,
        productName: `Toxin ${canaries.word({ kind: seen, of })}`,
        dose: 4,
        unit: 'U',
      }),
      injection('two', null, 420, 300),
    ];
    planted.push(
      await plantScheme(db, {
        clientId,
        openedBy,
        now,
        records,
        title: `Drawing ${canaries.word({ kind: seen, of })}`,
        note: `note ${hidden()}`,
        reason: `reason ${hidden()}`,
        guestName: `guest ${hidden()}`,
        isFinished: kind !== 'draft',
        isShared: kind === 'shared',
      }),
    );
  }
  return planted;
}

/** A draft with a guest who was let in: reached by tokens alone, and nobody's secret is in it. */
export async function plantJoined(
  { db, now }: Ground,
  { clientId, openedBy }: { clientId: string; openedBy: string },
): Promise<PlantedScheme> {
  const planted = await plantScheme(db, { clientId, openedBy, now, records: [injection('one', null)] });
  await db.drawingGuest.update({ where: { id: planted.guestId }, data: { status: 'watch' } });
  return planted;
}
