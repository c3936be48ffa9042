/** Staff with roles somebody composed: exactly these rights and no others. */
import { randomUUID } from 'node:crypto';
import { type Actor, type Right, rights } from '../../src/domain/access/actor.ts';
import type { Refusal, Result } from '../../src/domain/refusal.ts';

export type StaffActor = Extract<Actor, { kind: 'staff' }>;

export const staffWith = (
  held: readonly Right[],
  more: Partial<Pick<StaffActor, 'accountId' | 'specialistId'>> = {},
): StaffActor => ({
  kind: 'staff',
  accountId: more.accountId ?? randomUUID(),
  name: 'Somebody',
  roleKeys: ['composed'],
  rights: new Set(held),
  specialistId: more.specialistId ?? null,
});

/** Everything but these. */
export const staffWithout = (...missing: Right[]): StaffActor =>
  staffWith(rights.filter((right) => !missing.includes(right)));

export const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
};
export const refusalOf = (result: Result<unknown>): Refusal | null => (result.ok ? null : result.refusal);
