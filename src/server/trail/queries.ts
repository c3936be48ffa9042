/**
 * Reading the trail: newest first, page by page. Each page costs the same however long the trail is: it is found by an index, or looks
 * at so many entries at most and says how far back that was.
 */
import type { z } from 'zod';
import { type Actor, holds } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import {
  type cardTrailInput,
  cardSubjects,
  kindPatterns,
  type TrailFilter,
  type TrailKind,
  type trailListInput,
} from '../../domain/trail.ts';
import { addDays, startOfLocalDay } from '../../domain/zone.ts';
import { findCard } from '../clients/scope.ts';
import { type Db, Prisma } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { straight } from '../sql.ts';
import { asEntries, entryColumns, type EntryRow, type TrailPart } from './entries.ts';

export interface TrailPage extends TrailPart {
  /** Where to go on; null at the end. */
  nextCursor: string | null;
  /** Set where nothing more was found so far: so far back it was looked, and there is more to look at. */
  searchedBackTo: Date | null;
}

/** So many entries one page looks at, at most, for what no index finds. */
const windowSize = 100_000;

interface Position {
  at: Date;
  id: string;
}

const cursorOf = ({ at, id }: Position): string => `${at.getTime()}-${id}`;

function positionOf(cursor: string | null | undefined): Position | null {
  const [at, id] = cursor?.split('-') ?? [];
  return at && id ? { at: new Date(Number(at)), id } : null;
}

/** Whether an entry is of this kind: its patterns fit, and none of the kinds before it. */
function kindIs(kind: TrailKind): Prisma.Sql {
  const fits = kindPatterns.map(([, likes]) => Prisma.sql`e.action LIKE ANY (${[...likes]}::text[])`);
  const place = kindPatterns.findIndex(([name]) => name === kind);
  const before = place < 0 ? fits : fits.slice(0, place);
  const own = place < 0 ? [] : fits.slice(place, place + 1);
  return Prisma.join([...own, ...before.map((each) => Prisma.sql`NOT ${each}`)], ' AND ');
}

const all = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join([...conditions], ' AND ');

/** What no index answers by itself. */
function narrowed({ actorId, actorKind, kind, subjectType }: TrailFilter): Prisma.Sql[] {
  return [
    ...(actorId === null ? [] : [Prisma.sql`e.actor_id = ${actorId}::uuid`]),
    ...(actorKind === null ? [] : [Prisma.sql`e.actor_kind = ${actorKind}`]),
    ...(kind === null ? [] : [kindIs(kind)]),
    ...(subjectType === null ? [] : [Prisma.sql`e.subject_type = ${subjectType}`]),
  ];
}

async function within(db: Db, { fromDate, toDate }: TrailFilter): Promise<Prisma.Sql[]> {
  if (fromDate === null && toDate === null) return [];
  const first = await db.location.findFirst({
    where: { isActive: true },
    orderBy: [{ rank: 'asc' }, { createdAt: 'asc' }],
    select: { timeZone: true },
  });
  const zone = first?.timeZone ?? 'UTC';
  const start = (date: string) => new Date(startOfLocalDay(date, zone));
  return [
    ...(fromDate === null ? [] : [Prisma.sql`e.at >= ${start(fromDate)}`]),
    ...(toDate === null ? [] : [Prisma.sql`e.at < ${start(addDays(toDate, 1))}`]),
  ];
}

/** Entries that fit, newest first, from the cursor on. Refuses `forbidden`. */
export async function listTrail(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof trailListInput>,
): Promise<Result<TrailPage>> {
  if (!can(actor, 'audit.view')) return refuse('forbidden');
  const { db } = deps;
  const { rows, ...rest } = await findEntries(db, input, input);
  return done({ ...(await asEntries(db, actor, rows)), ...rest });
}

interface Found {
  rows: EntryRow[];
  nextCursor: string | null;
  searchedBackTo: Date | null;
}

/** One page of rows, as far as the client's row security shows them. */
export async function findEntries(
  db: Db,
  filter: TrailFilter,
  { cursor, limit }: { cursor?: string | null | undefined; limit: number },
): Promise<Found> {
  const after = positionOf(cursor);
  const period = await within(db, filter);
  const { clientId, recordId } = filter;
  if (clientId === null && recordId === null) return findByTime(db, period, narrowed(filter), after, limit);
  const conditions = [
    ...(clientId === null ? [] : [Prisma.sql`e.client_id = ${clientId}::uuid`]),
    ...(recordId === null ? [] : [Prisma.sql`e.id IN (SELECT id FROM of_record)`]),
    ...(after === null ? [] : [Prisma.sql`e.id < ${after.id}::bigint`]),
    ...period,
    ...narrowed(filter),
  ];
  const rows = await straight(db).rows<EntryRow>(Prisma.sql`
    ${recordId === null ? Prisma.empty : ofRecord(recordId)}
    SELECT ${entryColumns} FROM audit_entry e WHERE ${all(conditions)} ORDER BY e.id DESC LIMIT ${limit + 1}`);
  return firstOf(rows, limit);
}

function firstOf(found: EntryRow[], limit: number): Found {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > limit && last ? cursorOf(last) : null, searchedBackTo: null };
}

/** By time, through the index on it; what else is asked for is looked for within the window. */
async function findByTime(
  db: Db,
  period: readonly Prisma.Sql[],
  narrow: readonly Prisma.Sql[],
  after: Position | null,
  limit: number,
): Promise<Found> {
  const range = all([
    ...period,
    ...(after === null
      ? []
      : [Prisma.sql`e.at <= ${after.at} AND (e.at < ${after.at} OR e.id < ${after.id}::bigint)`]),
  ]);
  const newest = Prisma.sql`ORDER BY e.at DESC, e.id DESC`;
  const sql = straight(db);
  const rows = await sql.rows<EntryRow>(Prisma.sql`
    SELECT ${entryColumns} FROM (
      SELECT e.* FROM audit_entry e WHERE ${range} ${newest} LIMIT ${windowSize}) AS e
    WHERE ${all(narrow)} ${newest} LIMIT ${limit + 1}`);
  const found = firstOf(rows, limit);
  if (found.nextCursor !== null || narrow.length === 0) return found;
  const [end] = await sql.rows<Position>(Prisma.sql`
    SELECT e.at, e.id::text AS id FROM audit_entry e WHERE ${range} ${newest} OFFSET ${windowSize - 1} LIMIT 1`);
  return end ? { ...found, nextCursor: cursorOf(end), searchedBackTo: end.at } : found;
}

/** What entries of one record are filed under: the tables that carry its id, and its parts. */
const recordTypes = [
  'account',
  'account_role',
  'appointment',
  'appointment_item',
  'client',
  'client_tag',
  'clinic',
  'closure',
  'credential',
  'import',
  'leave',
  'location',
  'product',
  'resource',
  'resource_requirement',
  'role',
  'schedule',
  'schedule_exception',
  'second_factor',
  'service',
  'service_category',
  'service_prerequisite',
  'source',
  'specialist',
  'specialist_service',
  'specialist_tag',
  'specialist_technique',
  'tag',
  'technique',
  'visit',
  'weekly_interval',
];

const ofRecord = (recordId: string): Prisma.Sql => Prisma.sql`
  WITH part AS MATERIALIZED (
    SELECT ${recordId}::uuid AS id
    UNION SELECT id FROM technique WHERE service_id = ${recordId}::uuid
    UNION SELECT id FROM resource_requirement WHERE service_id = ${recordId}::uuid
      OR technique_id IN (SELECT id FROM technique WHERE service_id = ${recordId}::uuid)
    UNION SELECT id FROM schedule WHERE resource_id = ${recordId}::uuid),
  of_record AS MATERIALIZED (
    SELECT o.id FROM part JOIN audit_entry o ON o.subject_id = part.id AND o.subject_type = ANY (${recordTypes}::text[]))`;

/**
 * The history of a card for whoever sees the card. Without the right to the trail: changes of the card, its tags and visits; who read
 * it, and how its client signs in, stay untold, and so do reasons in others' words without the right to those. Refuses `not_found`.
 */
export async function cardTrail(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof cardTrailInput>,
): Promise<Result<TrailPage>> {
  if (!can(actor, 'client.list')) return refuse('forbidden');
  const { db } = deps;
  const id = await findCard(db, clientScope(actor), input.clientId);
  if (id === null) return refuse('not_found', { noun: 'client' });
  const after = positionOf(input.cursor);
  const whole = can(actor, 'audit.view');
  const conditions = [
    Prisma.sql`e.client_id = ${id}::uuid`,
    ...(after === null ? [] : [Prisma.sql`e.id < ${after.id}::bigint`]),
    ...(whole
      ? []
      : [
          Prisma.sql`e.subject_type = ANY (${[...cardSubjects]}::text[]) AND e.action <> 'client.read'`,
          kindIs('change'),
        ]),
  ];
  const found = await straight(db).rows<EntryRow>(Prisma.sql`
    SELECT ${entryColumns} FROM audit_entry e WHERE ${all(conditions)} ORDER BY e.id DESC LIMIT ${input.limit + 1}`);
  const { rows, ...rest } = firstOf(found, input.limit);
  const { entries, names } = await asEntries(db, actor, rows);
  const others = whole || holds(actor, 'notes.view_all');
  const isOwn = (actorId: string | null) => actor.kind === 'staff' && actor.accountId === actorId;
  return done({
    ...rest,
    names,
    entries: entries.map((entry) => ({
      ...entry,
      reason: others || isOwn(entry.actorId) ? entry.reason : null,
      detail: whole ? entry.detail : { ...entry.detail, facts: [] },
    })),
  });
}

/** Whom the trail can be filtered by: everybody who is, or was, of the staff. Refuses `forbidden`. */
export async function trailPeople(
  deps: Deps,
  actor: Actor,
): Promise<Result<{ accountId: string; name: string }[]>> {
  if (!can(actor, 'audit.view')) return refuse('forbidden');
  const { db } = asSystem(deps, 'name the staff', actor);
  const rows = await db.account.findMany({
    where: { roles: { some: { role: { key: { not: 'client' } } } } },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  });
  return done(rows.map(({ id, name }) => ({ accountId: id, name })));
}
