/** Which of our records an old system's codes and names mean. */
import { codeOf } from '../../domain/import-values.ts';
import type { Db, Tx } from '../db.ts';

export type CodedNoun = 'client' | 'specialist' | 'service' | 'product';

const present = (codes: Iterable<string | null>): string[] =>
  [...new Set([...codes].filter((code) => code !== null && code !== ''))] as string[];

/** Ids by code, as imports of this system noted them. */
export async function idsByCode(
  db: Db | Tx,
  origin: string,
  noun: CodedNoun,
  codes: Iterable<string | null>,
): Promise<Map<string, string>> {
  const wanted = present(codes);
  if (wanted.length === 0) return new Map();
  const found = await db.importedCode.findMany({ where: { origin, noun, code: { in: wanted } } });
  return new Map(found.map(({ code, entityId }) => [code, entityId]));
}

export interface KnownService {
  id: string;
  name: string;
  category: string;
  priceMinor: number;
  baseMinutes: number;
}

/** Services by code: as imported from this system, else the clinic's own code. */
export async function servicesByCode(
  db: Db | Tx,
  origin: string,
  codes: Iterable<string | null>,
): Promise<Map<string, KnownService>> {
  const wanted = present(codes);
  if (wanted.length === 0) return new Map();
  const imported = await idsByCode(db, origin, 'service', wanted);
  const found = await db.service.findMany({
    where: { OR: [{ id: { in: [...imported.values()] } }, { code: { in: wanted, mode: 'insensitive' } }] },
    include: { category: true },
  });
  const view = new Map(
    found.map(({ id, name, category, priceMinor, baseMinutes }) => [
      id,
      { id, name, category: category.name, priceMinor, baseMinutes },
    ]),
  );
  const byCode = new Map<string, KnownService>();
  for (const { id, code } of found) {
    const service = view.get(id);
    if (code && service) byCode.set(codeOf(code), service);
  }
  for (const [code, id] of imported) {
    const service = view.get(id);
    if (service) byCode.set(code, service);
  }
  return byCode;
}

/** Services by name, without regard to case: what receipts call them. A name that two services share means neither. */
export async function serviceIdsByName(db: Db | Tx, names: Iterable<string>): Promise<Map<string, string>> {
  const wanted = present([...names].map((name) => name.trim().toLowerCase()));
  if (wanted.length === 0) return new Map();
  const found = await db.$queryRaw<{ name: string; id: string }[]>`
    SELECT lower(name) AS name, min(id::text) AS id FROM service WHERE lower(name) = ANY(${wanted}::text[])
    GROUP BY lower(name) HAVING count(*) = 1`;
  return new Map(found.map(({ name, id }) => [name, id]));
}
