/** Proving an address by a code sent to it: asked for within limits, made by the worker, good once, for five tries. */
import { randomBytes } from 'node:crypto';
import {
  proofLifeMinutes,
  proofPauseSeconds,
  proofsPerAddressAndHour,
  proofTries,
} from '../../domain/account.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { hashToken, sameHash } from './tokens.ts';

export const codeHash = (proofId: string, code: string): Buffer<ArrayBuffer> =>
  hashToken(`${proofId}:${code}`);

const HOUR_MS = 3_600_000;

/**
 * Asks for a code to be sent. One address gets at most five an hour, over all accounts; beyond that nothing is sent and
 * nothing is said, because an answer that differs would tell strangers what others do. There is no code yet: until the
 * worker makes one, nothing that is typed can be right.
 */
export async function askForProof(tx: Tx, deps: Deps, accountId: string, address: string): Promise<void> {
  const now = deps.now();
  await lockAddress(tx, address);
  const sent = await tx.contactProof.count({
    where: { address, createdAt: { gt: new Date(now.getTime() - HOUR_MS) } },
  });
  if (sent >= proofsPerAddressAndHour) return;
  const proof = await tx.contactProof.create({
    data: {
      id: deps.newId(),
      accountId,
      channel: 'email',
      address,
      codeHash: randomBytes(32),
      createdAt: now,
      expiresAt: new Date(now.getTime() + proofLifeMinutes * 60_000),
    },
  });
  await deps.queue.send(tx, 'send-proof-code', { proofId: proof.id });
}

/** What is asked or proven about one address comes one after the other. */
export const lockAddress = (tx: Tx, address: string): Promise<unknown> =>
  tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`address:${address}`}, 0))::text`;

/** Seconds until this account may ask for another code; 0 when it may now. */
export async function secondsUntilNextProof(db: Tx, accountId: string, now: Date): Promise<number> {
  const last = await db.contactProof.findFirst({
    where: { accountId, channel: 'email' },
    orderBy: { createdAt: 'desc' },
    select: { createdAt: true },
  });
  if (!last) return 0;
  return Math.max(0, Math.ceil((last.createdAt.getTime() - now.getTime()) / 1000) + proofPauseSeconds);
}

interface Tried {
  id: string;
  code_hash: Uint8Array;
  attempt_count: number;
}

/**
 * Spends one try on the newest code sent to this account's address. The try is counted by the same statement that
 * looks whether there is one left, so fifty at once have five. Refuses with `proof_refused`; commit either way.
 */
export async function tryCode(
  tx: Tx,
  account: { id: string; email: string },
  code: string,
  now: Date,
): Promise<Result<null>> {
  const [proof] = await tx.$queryRaw<Tried[]>`
    UPDATE contact_proof SET attempt_count = attempt_count + 1
    WHERE id = (SELECT id FROM contact_proof WHERE account_id = ${account.id}::uuid AND channel = 'email'
        AND address = ${account.email} ORDER BY created_at DESC, id DESC LIMIT 1)
      AND used_at IS NULL AND attempt_count < ${proofTries} AND expires_at > ${now}
    RETURNING id, code_hash, attempt_count`;
  if (!proof) return refuse('proof_refused', { reason: await whyNot(tx, account.id, now) });
  if (!sameHash(proof.code_hash, codeHash(proof.id, code)))
    return refuse('proof_refused', {
      reason: proof.attempt_count >= proofTries ? 'too_many_tries' : 'wrong',
    });
  await tx.contactProof.update({ where: { id: proof.id }, data: { usedAt: now } });
  return done(null);
}

async function whyNot(tx: Tx, accountId: string, now: Date): Promise<'expired' | 'too_many_tries'> {
  const last = await tx.contactProof.findFirst({
    where: { accountId, channel: 'email' },
    orderBy: { createdAt: 'desc' },
  });
  const open = last !== null && last.usedAt === null && last.expiresAt > now;
  return open && last.attemptCount >= proofTries ? 'too_many_tries' : 'expired';
}
