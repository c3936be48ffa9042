/** Clients and staff that rows name: found by their code, or made. */
import { personName } from '../../domain/import-values.ts';
import type { Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import type { Batch } from './batch.ts';
import { type CodedNoun, idsByCode } from './codes.ts';
import type { Effect } from './effects.ts';

export interface NewClient {
  code: string;
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
  birthDate: string | null;
  note: string | null;
}
export interface NewStaff {
  code: string;
  name: string;
  title: string | null;
}

/** Takes codes nobody has yet; of two imports at once one wins, the other finds the winner's. Answers the ids taken. */
export async function takeCodes(
  tx: Tx,
  deps: Deps,
  origin: string,
  noun: CodedNoun,
  codes: readonly string[],
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const lines = [...new Set(codes)].toSorted().map((code) => ({ code, entity_id: deps.newId() }));
  const taken = await tx.$queryRaw<{ code: string; entity_id: string }[]>`
    INSERT INTO imported_code (origin, noun, code, entity_id)
    SELECT ${origin}, ${noun}, code, entity_id FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l(code text, entity_id uuid)
    ON CONFLICT DO NOTHING RETURNING code, entity_id`;
  return new Map(taken.map(({ code, entity_id }) => [code, entity_id]));
}

/** Ids by code after making those that are missing; a card with the same e-mail is the same person. */
export async function ensureClients(
  tx: Tx,
  deps: Deps,
  batch: Batch,
  wanted: readonly (NewClient & { rowNumber: number })[],
): Promise<{ ids: Map<string, string>; effects: Effect[] }> {
  const ids = await idsByCode(
    tx,
    batch.origin,
    'client',
    wanted.map(({ code }) => code),
  );
  const missing = [
    ...new Map(wanted.filter(({ code }) => !ids.has(code)).map((client) => [client.code, client])).values(),
  ];
  const taken = await takeCodes(
    tx,
    deps,
    batch.origin,
    'client',
    missing.map(({ code }) => code),
  );
  const emails = missing.flatMap(({ email }) => (email ? [email] : []));
  const cards =
    emails.length === 0
      ? []
      : await tx.client.findMany({ where: { email: { in: emails }, mergedIntoId: null } });
  const cardOf = new Map(cards.map(({ email, id }) => [email?.toLowerCase(), id]));
  const now = deps.now();
  const effects: Effect[] = [];
  const fresh = missing.flatMap((client) => {
    const id = taken.get(client.code);
    return id ? [{ id, client, card: cardOf.get(client.email ?? undefined) }] : [];
  });
  for (const { client, card } of fresh) {
    if (card) {
      await tx.importedCode.update({
        where: { origin_noun_code: { origin: batch.origin, noun: 'client', code: client.code } },
        data: { entityId: card },
      });
    }
  }
  await tx.client.createMany({
    data: fresh
      .filter(({ card }) => !card)
      .map(({ id, client }) => ({
        id,
        firstName: client.firstName,
        lastName: client.lastName,
        email: client.email,
        phone: client.phone,
        birthDate: client.birthDate ? new Date(`${client.birthDate}T00:00:00Z`) : null,
        note: client.note,
        createdAt: now,
        updatedAt: now,
      })),
  });
  for (const { id, client, card } of fresh) {
    ids.set(client.code, card ?? id);
    if (!card) effects.push({ entityType: 'client', entityId: id, rowNumber: client.rowNumber });
  }
  // Codes another import took meanwhile.
  const late = missing.flatMap(({ code }) => (taken.has(code) ? [] : [code]));
  for (const [code, id] of await idsByCode(tx, batch.origin, 'client', late)) ids.set(code, id);
  return { ids, effects };
}

/** The same for staff: a specialist of the batch's location, not bookable online until somebody says so. */
export async function ensureStaff(
  tx: Tx,
  deps: Deps,
  batch: Batch,
  locationId: string | null,
  wanted: readonly (NewStaff & { rowNumber: number })[],
): Promise<{ ids: Map<string, string>; effects: Effect[] }> {
  const ids = await idsByCode(
    tx,
    batch.origin,
    'specialist',
    wanted.map(({ code }) => code),
  );
  const missing = [
    ...new Map(wanted.filter(({ code }) => !ids.has(code)).map((person) => [person.code, person])).values(),
  ];
  if (missing.length === 0 || locationId === null) return { ids, effects: [] };
  const taken = await takeCodes(
    tx,
    deps,
    batch.origin,
    'specialist',
    missing.map(({ code }) => code),
  );
  const fresh = missing.flatMap((person) => {
    const id = taken.get(person.code);
    return id ? [{ id, person }] : [];
  });
  const before = await tx.resource.count({ where: { locationId, kind: 'specialist' } });
  await tx.resource.createMany({
    data: fresh.map(({ id, person }, at) => ({
      id,
      locationId,
      kind: 'specialist',
      type: 'specialist',
      name: person.name || personName(person.code),
      rank: before + at,
    })),
  });
  await tx.specialist.createMany({
    data: fresh.map(({ id, person }, at) => ({
      id,
      title: person.title,
      hue: ((before + at) % 10) + 1,
      isOnline: false,
    })),
  });
  for (const { id, person } of fresh) ids.set(person.code, id);
  const late = missing.flatMap(({ code }) => (taken.has(code) ? [] : [code]));
  for (const [code, id] of await idsByCode(tx, batch.origin, 'specialist', late)) ids.set(code, id);
  return {
    ids,
    effects: fresh.map(({ id, person }) => ({
      entityType: 'specialist',
      entityId: id,
      rowNumber: person.rowNumber,
    })),
  };
}

/** A card for a code alone: the code is all the old system gave. */
export const clientOfCode = (code: string): NewClient => ({
  code,
  firstName: code,
  lastName: '',
  email: null,
  phone: null,
  birthDate: null,
  note: null,
});
