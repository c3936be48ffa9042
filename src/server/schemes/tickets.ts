/** Tickets open one socket, once, within half a minute: nothing that lasts is ever written into an address. */
import type { Db } from '../db.ts';
import type { Deps } from '../deps.ts';
import { Prisma } from '../db.ts';
import { hashToken, newToken } from '../access/tokens.ts';
import { straight } from '../sql.ts';

const goodForMs = 30_000;

export type TicketHolder =
  | { kind: 'account'; accountId: string; sessionId: string }
  | { kind: 'guest'; guestId: string };

export interface Redeemed {
  schemeId: string;
  /** Whose document its page holds: a scheme thrown back since then is another one. */
  generation: number;
  holder: TicketHolder;
}

/** For whoever may see the scheme, which the caller has asked. Its end is part of it: whose generation it is for. */
export async function issueTicket(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  who: TicketHolder,
  schemeId: string,
): Promise<string> {
  const { generation } = await db.scheme.findUniqueOrThrow({
    where: { id: schemeId },
    select: { generation: true },
  });
  const ticket = `${newToken()}.${generation}`;
  await db.drawingTicket.create({
    data: {
      tokenHash: hashToken(ticket),
      schemeId,
      ...(who.kind === 'account'
        ? { accountId: who.accountId, sessionId: who.sessionId }
        : { guestId: who.guestId }),
      expiresAt: new Date(now().getTime() + goodForMs),
    },
  });
  return ticket;
}

/** The generation of the document that a ticket leads to. */
export const generationOf = (ticket: string): number => Number(/\.(\d{1,9})$/.exec(ticket)?.[1] ?? 0);

/** Null: unknown, used or too old. Whatever comes of it, it is used now. */
export async function redeemTicket(db: Db, ticket: string, now: Date): Promise<Redeemed | null> {
  if (!/^[\w-]{43}\.\d{1,9}$/.test(ticket)) return null;
  const [row] = await straight(db).rows<{
    scheme_id: string;
    account_id: string | null;
    session_id: string | null;
    guest_id: string | null;
    expires_at: Date;
  }>(Prisma.sql`
    DELETE FROM drawing_ticket WHERE token_hash = ${hashToken(ticket)}
    RETURNING scheme_id, account_id, session_id, guest_id, expires_at`);
  if (!row || row.expires_at <= now) return null;
  const generation = generationOf(ticket);
  if (row.guest_id !== null)
    return { schemeId: row.scheme_id, generation, holder: { kind: 'guest', guestId: row.guest_id } };
  if (row.account_id === null || row.session_id === null) return null;
  return {
    schemeId: row.scheme_id,
    generation,
    holder: { kind: 'account', accountId: row.account_id, sessionId: row.session_id },
  };
}

/** What was never redeemed. */
export async function sweepTickets(db: Db, now: Date): Promise<number> {
  return straight(db).run(Prisma.sql`DELETE FROM drawing_ticket WHERE expires_at < ${now}`);
}
