/** Finding cards: the list with its filters, and the short answer while somebody types. */
import type { ClientSight } from '../../domain/access/client.ts';
import { type ClientListInput, type ClientSearchInput, readClientQuery } from '../../domain/client.ts';
import { type Db, Prisma } from '../db.ts';
import { straight } from '../sql.ts';
import { withinScope } from './scope.ts';

/** Without the right to contacts nothing is found by them either: a search that answers by phone tells phones. */
type Sight = Pick<ClientSight, 'scope' | 'contact'>;

const asPattern = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

/** Looked for by a function of the database (see `row_security`): under row security no index may be asked about text. */
function matching(search: string): Prisma.Sql {
  const { words, cardNumber } = readClientQuery(search);
  if (words.length === 0 && cardNumber === null) return Prisma.sql`TRUE`;
  return Prisma.sql`c.id IN (SELECT matching_clients(${words.map(asPattern)}::text[], ${cardNumber}::int))`;
}

const accountIs = (account: 'linked' | 'none' | null): Prisma.Sql =>
  account === null
    ? Prisma.sql`TRUE`
    : account === 'linked'
      ? Prisma.sql`c.account_id IS NOT NULL`
      : Prisma.sql`c.account_id IS NULL`;

const stillToCome = Prisma.raw(`a.status IN ('pending', 'booked', 'confirmed')`);

interface FoundRow {
  id: string;
  card_number: number;
  first_name: string;
  last_name: string;
  email: string | null;
  phone: string | null;
  has_account: boolean;
  created_at: Date;
  tags: { id: string; name: string; hue: number }[] | null;
  next_visit_at: Date | null;
  last_visit_at: Date | null;
  zone: string | null;
}

export interface FoundClient {
  clientId: string;
  cardNumber: number;
  firstName: string;
  lastName: string;
  /** Null without the right to contacts, too. */
  email: string | null;
  phone: string | null;
  hasAccount: boolean;
  tags: { tagId: string; name: string; hue: number }[];
  nextVisitAt: Date | null;
  lastVisitAt: Date | null;
  /** Zone of those visits' location. */
  zone: string | null;
}

/** Found first and described afterwards: what describes a card is asked for those that are shown, never for all that were looked at. */
function described(found: Prisma.Sql, order: Prisma.Sql, now: Date): Prisma.Sql {
  return Prisma.sql`WITH found AS MATERIALIZED (${found})
  SELECT c.id, c.card_number, c.first_name, c.last_name, c.email::text AS email, c.phone,
    c.account_id IS NOT NULL AS has_account, c.created_at,
    (SELECT json_agg(json_build_object('id', t.id, 'name', t.name, 'hue', t.hue) ORDER BY t.name)
      FROM client_tag ct JOIN tag t ON t.id = ct.tag_id WHERE ct.client_id = c.id) AS tags,
    coming.starts_at AS next_visit_at, past.starts_at AS last_visit_at, coalesce(coming.time_zone, past.time_zone) AS zone
  FROM found c
  LEFT JOIN LATERAL (SELECT a.starts_at, l.time_zone FROM appointment a JOIN location l ON l.id = a.location_id
    WHERE a.client_id = c.id AND a.starts_at > ${now} AND ${stillToCome} ORDER BY a.starts_at LIMIT 1) coming ON TRUE
  LEFT JOIN LATERAL (SELECT a.starts_at, l.time_zone FROM appointment a JOIN location l ON l.id = a.location_id
    WHERE a.client_id = c.id AND a.starts_at <= ${now} AND a.status IN ('booked', 'confirmed', 'arrived', 'fulfilled')
    ORDER BY a.starts_at DESC LIMIT 1) past ON TRUE
  ORDER BY ${order}`;
}

const asFound = (row: FoundRow, contact: boolean): FoundClient => ({
  clientId: row.id,
  cardNumber: row.card_number,
  firstName: row.first_name,
  lastName: row.last_name,
  email: contact ? row.email : null,
  phone: contact ? row.phone : null,
  hasAccount: row.has_account,
  tags: (row.tags ?? []).map(({ id, name, hue }) => ({ tagId: id, name, hue })),
  nextVisitAt: row.next_visit_at,
  lastVisitAt: row.last_visit_at,
  zone: row.zone,
});

/** At most `limit` cards while somebody types: those that begin with the words first. */
export async function searchClients(
  db: Db,
  { scope, contact }: Sight,
  input: ClientSearchInput,
  now: Date,
): Promise<FoundClient[]> {
  const { words } = readClientQuery(input.search);
  const start = `${(words[0] ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const order = Prisma.sql`(lower(c.first_name) LIKE ${start} OR lower(c.last_name) LIKE ${start}) DESC,
    c.last_name, c.first_name, c.id`;
  const found = Prisma.sql`SELECT c.* FROM client c
    WHERE c.merged_into_id IS NULL AND ${withinScope(scope)} AND ${accountIs(input.account)} AND ${matching(input.search)}
    ORDER BY ${order} LIMIT ${input.limit}`;
  const rows = await straight(db).rows<FoundRow>(described(found, order, now));
  return rows.map((row) => asFound(row, contact));
}

export interface ClientPage {
  clients: FoundClient[];
  /** Hand it back for what follows; null at the end. */
  nextCursor: string | null;
}

/** The list by name or by newest first, a page at a time: each page goes on after the last row of the one before. */
export async function listClients(
  db: Db,
  { scope, contact }: Sight,
  input: ClientListInput,
  now: Date,
): Promise<ClientPage> {
  const byName = input.sort === 'name';
  const after = readCursor(input.cursor ?? null);
  const order = byName
    ? Prisma.sql`c.last_name, c.first_name, c.id`
    : Prisma.sql`c.created_at DESC, c.id DESC`;
  const found = Prisma.sql`SELECT c.* FROM client c
    WHERE c.merged_into_id IS NULL AND ${withinScope(scope)} AND ${accountIs(input.account)}
      AND ${matching(input.search)} AND ${filters(input, now)} AND ${beyond(byName, after)}
    ORDER BY ${order} LIMIT ${input.limit + 1}`;
  const rows = await straight(db).rows<FoundRow>(described(found, order, now));
  const clients = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? clients.at(-1) : undefined;
  return {
    clients: clients.map((row) => asFound(row, contact)),
    nextCursor: last
      ? writeCursor(
          byName ? [last.last_name, last.first_name, last.id] : [last.created_at.toISOString(), last.id],
        )
      : null,
  };
}

function filters(input: ClientListInput, now: Date): Prisma.Sql {
  const conditions = input.tagIds.map(
    (tagId) =>
      Prisma.sql`EXISTS (SELECT FROM client_tag ct WHERE ct.client_id = c.id AND ct.tag_id = ${tagId}::uuid)`,
  );
  if (input.sourceId) conditions.push(Prisma.sql`c.source_id = ${input.sourceId}::uuid`);
  if (input.upcoming) {
    const any = Prisma.sql`EXISTS (SELECT FROM appointment a WHERE a.client_id = c.id AND a.starts_at > ${now} AND ${stillToCome})`;
    conditions.push(input.upcoming === 'yes' ? any : Prisma.sql`NOT ${any}`);
  }
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, ' AND ');
}

const writeCursor = (parts: string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** A cursor that is none begins again: it only ever comes from our own answer. */
function readCursor(cursor: string | null): string[] {
  if (cursor === null) return [];
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : [];
  } catch {
    return [];
  }
}

const isUuid = (text: string | undefined): text is string =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text ?? '');

function beyond(byName: boolean, after: string[]): Prisma.Sql {
  const [first, second, third] = after;
  if (byName && after.length === 3 && isUuid(third))
    return Prisma.sql`(c.last_name, c.first_name, c.id) > (${first}, ${second}, ${third}::uuid)`;
  if (!byName && after.length === 2 && isUuid(second) && !Number.isNaN(Date.parse(first ?? '')))
    return Prisma.sql`(c.created_at, c.id) < (${new Date(first ?? 0)}, ${second}::uuid)`;
  return Prisma.sql`TRUE`;
}
