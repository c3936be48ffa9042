/** Reading the outbox: what is due, went out, failed or was skipped, and why. */
import type { MessageSight } from '../../domain/access/message.ts';
import { isId } from '../../domain/ids.ts';
import {
  isAppointmentMessage,
  isSecretMessage,
  type MessageListInput,
  withoutSecret,
} from '../../domain/message.ts';
import { clientNames } from '../clients/names.ts';
import { noteReading } from '../clients/reads.ts';
import { findCard } from '../clients/scope.ts';
import { type Db, Prisma } from '../db.ts';
import { withinSight } from './sight.ts';

export interface MessageLine {
  messageId: string;
  kind: string;
  status: string;
  statusReason: string | null;
  /** Where it went to; null for who may not see contacts. */
  recipient: string | null;
  subject: string;
  clientId: string | null;
  clientName: string | null;
  attemptCount: number;
  createdAt: Date;
  sentAt: Date | null;
}

const columns = {
  id: true,
  kind: true,
  status: true,
  statusReason: true,
  recipient: true,
  subject: true,
  clientId: true,
  attemptCount: true,
  createdAt: true,
  sentAt: true,
} as const;

type Row = Prisma.MessageGetPayload<{ select: typeof columns }>;

async function asLines(db: Db, sight: MessageSight, rows: Row[]): Promise<MessageLine[]> {
  const nameOf = await clientNames(
    db,
    sight.clients,
    rows.map(({ clientId }) => clientId),
  );
  const opening = await openingAccounts(db, sight, rows);
  return rows.map((row) => {
    const { id: messageId, ...rest } = row;
    return {
      ...rest,
      messageId,
      recipient: sight.contact ? row.recipient : null,
      subject: shown(row, opening, row.subject),
      clientName: nameOf.get(row.clientId ?? '') ?? null,
    };
  });
}

/** Of these messages, those whose code or link opens an account that is there already: not for this reader's eyes. */
async function openingAccounts(
  db: Db,
  sight: MessageSight,
  rows: readonly Pick<Row, 'id' | 'kind' | 'recipient'>[],
): Promise<ReadonlySet<string>> {
  if (sight.secrets) return new Set();
  const codes = rows.filter(({ kind }) => kind === 'proof_code');
  const proven = new Set(
    codes.length === 0
      ? []
      : (
          await db.$queryRaw<{ address: string }[]>`
            SELECT address FROM proven_addresses(${codes.map(({ recipient }) => recipient)}::text[]) AS address`
        ).map(({ address }) => address),
  );
  const opens = ({ kind, recipient }: Pick<Row, 'kind' | 'recipient'>) =>
    kind === 'password_reset' || (kind === 'proof_code' && proven.has(recipient.toLowerCase()));
  return new Set(rows.filter(opens).map(({ id }) => id));
}

/** A code or link on its way belongs to its addressee; in the local outbox it is the only way to get it. */
const shown = (
  { id, kind, status }: Pick<Row, 'id' | 'kind' | 'status'>,
  opening: ReadonlySet<string>,
  text: string,
): string => (isSecretMessage(kind) && (status !== 'kept' || opening.has(id)) ? withoutSecret(text) : text);

export interface MessagePage {
  messages: MessageLine[];
  nextCursor: string | null;
}

/** What goes before this place in the list; null for a cursor that is none. */
function placeOf(cursor: string | null | undefined): { createdAt: Date; id: string } | null {
  const [createdAt, id] = (cursor ?? '').split('~');
  if (!createdAt || !id || !isId(id) || Number.isNaN(Date.parse(createdAt))) return null;
  return { createdAt: new Date(createdAt), id };
}

/** Where a text is looked for: in what the reader sees of a message, so that a search tells no more than the list. */
function found(search: string, sight: MessageSight): Prisma.Sql {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const inSubject = Prisma.sql`(m.subject ILIKE ${pattern} AND m.kind <> 'proof_code')`;
  return sight.contact ? Prisma.sql`(m.recipient ILIKE ${pattern} OR ${inSubject})` : inSubject;
}

/** Promises the messages within the reader's sight, newest first, a page at a time. */
export async function listMessages(
  db: Db,
  sight: MessageSight,
  input: MessageListInput,
): Promise<MessagePage> {
  const after = placeOf(input.cursor);
  const conditions = [
    withinSight(sight),
    ...(input.status ? [Prisma.sql`m.status = ${input.status}`] : []),
    ...(input.kind ? [Prisma.sql`m.kind = ${input.kind}`] : []),
    ...(input.search === '' ? [] : [found(input.search, sight)]),
    ...(after ? [Prisma.sql`(m.created_at, m.id) < (${after.createdAt}, ${after.id}::uuid)`] : []),
  ];
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM message m WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY m.created_at DESC, m.id DESC LIMIT ${input.limit + 1}`;
  const rows = await db.message.findMany({
    where: { id: { in: ids.slice(0, input.limit).map(({ id }) => id) } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: columns,
  });
  const last = ids.length > input.limit ? rows.at(-1) : undefined;
  return {
    messages: await asLines(db, sight, rows),
    nextCursor: last ? `${last.createdAt.toISOString()}~${last.id}` : null,
  };
}

export interface MessageDetail extends MessageLine {
  /** Null where it names prices that the reader may not see. */
  bodyText: string | null;
  bodyHtml: string | null;
  calendarFile: string | null;
  appointmentId: string | null;
}

/** One message as it was written; null where there is none within the reader's sight. */
export async function readMessage(
  db: Db,
  sight: MessageSight,
  messageId: string,
): Promise<MessageDetail | null> {
  const [seen] = await db.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM message m WHERE m.id = ${messageId}::uuid AND ${withinSight(sight)}`;
  const row = seen && (await db.message.findUnique({ where: { id: seen.id } }));
  if (!row) return null;
  const [line] = await asLines(db, sight, [row]);
  if (!line) return null;
  const opening = await openingAccounts(db, sight, [row]);
  const namesPrices = isAppointmentMessage(row.kind);
  const text = (body: string | null) => {
    if (body === null || (namesPrices && !sight.money)) return null;
    return shown(row, opening, body);
  };
  return {
    ...line,
    bodyText: text(row.bodyText),
    bodyHtml: text(row.bodyHtml),
    // It names its attendee by address.
    calendarFile: sight.contact ? row.calendarFile : null,
    appointmentId: row.appointmentId,
  };
}

/** Everything a client was told, or was not and why: newest first, at most 100. */
export async function messagesOfClient(
  db: Db,
  sight: MessageSight,
  clientId: string,
): Promise<MessageLine[] | null> {
  const id = await findCard(db, sight.clients, clientId);
  if (id === null) return null;
  await noteReading(db, id);
  const rows = await db.message.findMany({
    where: { clientId: id },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 100,
    select: columns,
  });
  return asLines(db, sight, rows);
}

/** How many failed or wait, of those within the reader's sight. */
export async function countMessages(db: Db, sight: MessageSight): Promise<Record<string, number>> {
  const groups = await db.$queryRaw<{ status: string; count: bigint }[]>`
    SELECT m.status, count(*) AS count FROM message m WHERE ${withinSight(sight)} GROUP BY m.status`;
  return Object.fromEntries(groups.map(({ status, count }) => [status, Number(count)]));
}

export interface FailedMessage {
  id: string;
  subject: string;
  clientName: string | null;
  at: Date;
  reason: string | null;
}

/** What could not be delivered since then, of what is within the reader's sight: the latest first, at most 20. */
export async function failedMessages(db: Db, sight: MessageSight, since: Date): Promise<FailedMessage[]> {
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM message m WHERE m.status = 'failed' AND m.created_at > ${since} AND ${withinSight(sight)}
    ORDER BY m.created_at DESC, m.id DESC LIMIT 20`;
  const rows = await db.message.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: columns,
  });
  return (await asLines(db, sight, rows)).map((line) => ({
    id: line.messageId,
    subject: line.subject,
    clientName: line.clientName,
    at: line.createdAt,
    reason: line.statusReason,
  }));
}
