/** What stands on a printed drawing, by who asks for it: lots and the reason of a correction are for the staff. */
import type { Actor } from '../../domain/access/actor.ts';
import { isMark } from '../../domain/scheme/marks.ts';
import { totalsOf } from '../../domain/scheme/totals.ts';
import { noteReading } from '../clients/reads.ts';
import { readClinicIdentity } from '../clinic/identity.ts';
import type { Db } from '../db.ts';
import { staffNames } from '../people/names.ts';
import { drawnOn, withJpeg } from './drawn-on.ts';
import { findRevision } from './finished-file.ts';
import { unpressRecords, unpressText } from './packing.ts';
import { type PdfContent, schemePdf } from './pdf.ts';
import { pdfLocaleOf, pdfWords } from './pdf-words.ts';
import { printPngOf } from './png.ts';
import { readBeside } from './revisions.ts';

/** Null: there is none, or not for them. */
export async function readSchemePdf(
  db: Db,
  actor: Actor,
  { schemeId, number, locale }: { schemeId: string; number: number; locale: string },
): Promise<Uint8Array<ArrayBuffer> | null> {
  const scheme = await findRevision(db, actor, schemeId, number);
  if (!scheme) return null;
  const isStaff = actor.kind === 'staff';
  if (isStaff) await noteReading(db, scheme.clientId);
  const revision = await db.schemeRevision.findUniqueOrThrow({
    where: { schemeId_number: { schemeId, number } },
    select: { finishedAt: true, finishedBy: true, reason: true, hash: true, records: true, svg: true },
  });
  const client = await db.client.findUniqueOrThrow({
    where: { id: scheme.clientId },
    select: { firstName: true, lastName: true },
  });
  const { name: clinic, timeZone: zone } = await readClinicIdentity(db);
  const names = isStaff ? await staffNames(db, [revision.finishedBy]) : new Map<string, string>();
  const beside = isStaff ? await readBeside(db, schemeId, number) : null;
  const { regionOf } = await drawnOn(db, scheme);
  const marks = unpressRecords(revision.records).filter(isMark);
  const content: PdfContent = {
    clinic,
    zone,
    title: scheme.title,
    client: `${client.firstName} ${client.lastName}`.trim(),
    finishedAt: revision.finishedAt,
    finishedBy: names.get(revision.finishedBy) ?? null,
    number,
    reason: isStaff ? revision.reason : null,
    hash: Buffer.from(revision.hash).toString('hex'),
    png: await printPngOf(await withJpeg(db, unpressText(revision.svg), scheme.pictureId)),
    totals: beside?.totals ?? totalsOf(marks, { lotOf: () => null, regionOf }),
    lots:
      beside &&
      new Map(
        beside.marks.flatMap(({ lotId, lotNumber }) =>
          lotId !== null && lotNumber !== null ? [[lotId, lotNumber] as const] : [],
        ),
      ),
  };
  return schemePdf(content, pdfWords(pdfLocaleOf(locale)));
}
