/** Reading the outbox: what is due, went out, failed or was skipped, and why. */
import type { ClientScope } from '../../domain/access/client.ts';
import { isId } from '../../domain/ids.ts';
import { isSecretMessage, type MessageListInput, withoutSecret } from '../../domain/message.ts';
import { findCard } from '../clients/scope.ts';
import type { Db, Prisma } from '../db.ts';

export interface MessageLine {
  messageId: string;
  kind: string;
  status: string;
  statusReason: string | null;
  recipient: string;
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

async function asLines(db: Db, rows: Row[]): Promise<MessageLine[]> {
  const cards = await db.client.findMany({
    where: { id: { in: [...new Set(rows.flatMap(({ clientId }) => clientId ?? []))] } },
    select: { id: true, firstName: true, lastName: true },
  });
  const nameOf = new Map(cards.map((card) => [card.id, `${card.firstName} ${card.lastName}`.trim()]));
  return rows.map(({ id, ...row }) => ({
    ...row,
    messageId: id,
    subject: shown(row.kind, row.status, row.subject),
    clientName: nameOf.get(row.clientId ?? '') ?? null,
  }));
}

/** A code or link on its way belongs to its addressee; in the local outbox it is the only way to get it. */
const shown = (kind: string, status: string, text: string): string =>
  isSecretMessage(kind) && status !== 'kept' ? withoutSecret(text) : text;

export interface MessagePage {
  messages: MessageLine[];
  nextCursor: string | null;
}

/** Newest first, a page at a time. */
export async function listMessages(db: Db, input: MessageListInput): Promise<MessagePage> {
  const [createdAt, id] = (input.cursor ?? '').split('~');
  const after =
    createdAt && id && isId(id) && !Number.isNaN(Date.parse(createdAt))
      ? [{ createdAt: { lt: new Date(createdAt) } }, { createdAt: new Date(createdAt), id: { lt: id } }]
      : null;
  const rows = await db.message.findMany({
    where: {
      ...(input.status ? { status: input.status } : {}),
      ...(input.kind ? { kind: input.kind } : {}),
      AND: [
        after ? { OR: after } : {},
        input.search === ''
          ? {}
          : {
              OR: [
                { recipient: { contains: input.search, mode: 'insensitive' } },
                { subject: { contains: input.search, mode: 'insensitive' }, kind: { not: 'proof_code' } },
              ],
            },
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: input.limit + 1,
    select: columns,
  });
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    messages: await asLines(db, page),
    nextCursor: last ? `${last.createdAt.toISOString()}~${last.id}` : null,
  };
}

export interface MessageDetail extends MessageLine {
  bodyText: string;
  bodyHtml: string | null;
  calendarFile: string | null;
  appointmentId: string | null;
}

/**
 * One message as it was written; null where there is none. A link to a new password opens an account, so the local outbox shows it only
 * to those beyond whom nobody's rights reach (`mayEverything`).
 */
export async function readMessage(
  db: Db,
  messageId: string,
  reader: { mayEverything: boolean },
): Promise<MessageDetail | null> {
  const row = await db.message.findUnique({ where: { id: messageId } });
  if (!row) return null;
  const [line] = await asLines(db, [row]);
  if (!line) return null;
  const isTheirs = row.kind !== 'password_reset' || reader.mayEverything;
  const text = (body: string) => (isTheirs ? shown(row.kind, row.status, body) : withoutSecret(body));
  return {
    ...line,
    bodyText: text(row.bodyText),
    bodyHtml: row.bodyHtml === null ? null : text(row.bodyHtml),
    calendarFile: row.calendarFile,
    appointmentId: row.appointmentId,
  };
}

/** Everything a client was told, or was not and why: newest first, at most 100. */
export async function messagesOfClient(
  db: Db,
  scope: ClientScope,
  clientId: string,
): Promise<MessageLine[] | null> {
  const id = await findCard(db, scope, clientId);
  if (id === null) return null;
  const rows = await db.message.findMany({
    where: { clientId: id },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 100,
    select: columns,
  });
  return asLines(db, rows);
}

/** How many failed or wait: what the first page warns of. */
export async function countMessages(db: Db): Promise<Record<string, number>> {
  const groups = await db.message.groupBy({ by: ['status'], _count: { _all: true } });
  return Object.fromEntries(groups.map(({ status, _count }) => [status, _count._all]));
}
