/** The stage on which booking is tried: one small clinic, a clock that stands still, the real database and queue. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import type { AppointmentView } from '../../src/domain/booking.ts';
import type { Refusal, Result } from '../../src/domain/refusal.ts';
import { create } from '../../src/server/booking/create.ts';
import { hold } from '../../src/server/booking/hold.ts';
import { addClinic, openDeps, staff, type TestClinic } from './clinic.ts';
import { fixedClock } from './clock.ts';
import { fileDatabase } from './database.ts';
import { emptyTables, houseTables } from './empty-tables.ts';
import { by } from './by.ts';

/** Thursday, 4 June 2026, by the clinic's clock; the stage's now is Wednesday, 09:00. */
export const at = (hour: number, minute = 0): number => Date.UTC(2026, 5, 4, hour - 2, minute);
export const key = () => ({ idempotencyKey: randomUUID() });

export function value<T>(result: Result<T> | undefined): T {
  if (!result?.ok) throw new Error(`refused: ${JSON.stringify(result?.refusal)}`);
  return result.value;
}

export function refusal<T>(result: Result<T> | undefined): Refusal {
  if (!result || result.ok) throw new Error('not refused');
  return result.refusal;
}

/** Emptied and set anew before each test of the file. */
export function bookingStage() {
  const database = fileDatabase(24);
  const clock = fixedClock();
  let deps: Awaited<ReturnType<typeof openDeps>>;
  let clinic: TestClinic;
  beforeEach(async () => {
    clock.set('2026-06-03T07:00:00Z');
    await emptyTables(database().ownerUrl, houseTables);
    clinic = await addClinic(database().db);
    deps = await openDeps(database(), clock);
  });
  afterEach(() => deps.close());

  const facialWith = (specialistId: string | null, techniqueIds: string[] = []) => ({
    locationId: clinic.locationId,
    items: [{ serviceId: clinic.facial, specialistId, techniqueIds }],
  });
  return {
    clock,
    database,
    get deps() {
      return deps;
    },
    get clinic() {
      return clinic;
    },
    facialWith,
    holdFacial: (actor: Actor, startsAt: number, specialistId: string | null = clinic.mila) =>
      by(hold, deps, actor, { ...facialWith(specialistId), startsAt, ...key() }),
    createFacial: (
      startsAt: number,
      specialistId: string | null = clinic.mila,
      actor: Actor = staff(),
    ): Promise<Result<AppointmentView>> =>
      by(create, deps, actor, { ...facialWith(specialistId), startsAt, clientId: clinic.clientId, ...key() }),
    claimCount: () => database().db.claim.count(),
    async jobCount(name: string): Promise<number> {
      const rows = await database().db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pgboss.job WHERE name = ${name}`;
      return rows[0]?.count ?? -1;
    },
  };
}
