/** What the doors hold back at this moment, as administrators see it and let it in again. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { type Door, doors, longestWaitMs } from '../../domain/attempt.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, Prisma, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteEntry } from '../trail/note.ts';

export interface Block {
  key: string;
  kind: 'account' | 'network' | 'device';
  /** Where it was tried; `any`: through all doors together. */
  door: Door | 'any';
  /** Held back until it is forgotten or released; else only the next try has to wait. */
  isStopped: boolean;
  count: number;
  firstAt: Date;
  lastAt: Date;
  until: Date;
  /** Whose account it is about, with their card where it is seen; null for an address nobody has an account with, and for networks. */
  account: { id: string; name: string; email: string; clientId: string | null } | null;
  /** An address, or the beginning of one that a household shares; null where the network isn't known. */
  network: string | null;
  /** The browser, for devices. */
  userAgent: string | null;
}

interface BlockRow {
  key: string;
  subject_kind: Block['kind'];
  count: number;
  first_at: Date;
  last_at: Date;
  blocked_until: Date;
  network: string | null;
  account_id: string | null;
  name: string | null;
  email: string | null;
  client_id: string | null;
  user_agent: string | null;
}

const shown = 200;

const isDoor = (text: string): text is Door => (doors as readonly string[]).includes(text);

/** Accounts, networks and devices whose next try has to wait, latest first; at most two hundred. Shows what the actor behind `db` may see. */
export async function listBlocks(db: Db, now = new Date()): Promise<Block[]> {
  const rows = await db.$queryRaw<BlockRow[]>`
    SELECT c.key, c.subject_kind, c.count, c.first_at, c.last_at, c.blocked_until, c.network, a.id AS account_id, a.name,
      a.email::text AS email, card.id AS client_id, coalesce(d.user_agent, s.user_agent) AS user_agent
    FROM attempt_counter c
    LEFT JOIN account a ON a.id = c.account_id
    LEFT JOIN client card ON card.account_id = a.id
    LEFT JOIN device d ON c.subject_kind = 'device' AND d.id::text = split_part(c.key, ' ', 3)
    LEFT JOIN session s ON c.subject_kind = 'device' AND s.id::text = split_part(c.key, ' ', 3)
    WHERE c.blocked_until > ${now}
    ORDER BY c.last_at DESC, c.key LIMIT ${shown}`;
  return rows.map((row) => {
    const [door = ''] = row.key.split(' ');
    return {
      key: row.key,
      kind: row.subject_kind,
      door: isDoor(door) ? door : 'any',
      isStopped:
        row.subject_kind === 'network' || row.blocked_until.getTime() - row.last_at.getTime() > longestWaitMs,
      count: row.count,
      firstAt: row.first_at,
      lastAt: row.last_at,
      until: row.blocked_until,
      account:
        row.account_id === null
          ? null
          : {
              id: row.account_id,
              name: row.name ?? '',
              email: row.email ?? '',
              clientId: row.client_id,
            },
      network: row.network,
      userAgent: row.user_agent,
    };
  });
}

/** All that is counted about the same account, network, or account on a device, at whichever door. */
function alike(key: string): string[] {
  const [, scope = '', ...rest] = key.split(' ');
  const about = rest.join(' ');
  if (scope === 'network') return doors.map((door) => `${door} network ${about}`);
  if (scope === 'account' || scope === 'total')
    return [`any total ${about}`, ...doors.map((door) => `${door} account ${about}`)];
  return [`any wrong ${about}`, ...doors.map((door) => `${door} device ${about}`)];
}

/**
 * Forgets what was tried: the next try is looked at again. Whoever it is about is released at all doors at once. Refuses with
 * `forbidden`, and `not_found` where there is nothing to release (any more).
 */
export async function releaseBlock(deps: Deps, actor: Actor, input: { key: string }): Promise<Result<null>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  return transact<Result<null>>(deps.db, async (tx) => {
    const gone = await tx.$queryRaw<
      { key: string; subject_kind: string; account_id: string | null; count: number }[]
    >(
      Prisma.sql`DELETE FROM attempt_counter WHERE key = ANY (${alike(input.key)})
        RETURNING key, subject_kind, account_id, count`,
    );
    const block = gone.find(({ key }) => key === input.key) ?? gone[0];
    if (!block) return refuse('not_found', { noun: 'block' });
    await noteEntry(tx, {
      action: 'block.release',
      subjectType: block.subject_kind,
      subjectId: block.account_id,
      detail: { count: block.count },
    });
    return done(null);
  });
}
