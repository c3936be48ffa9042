import { describe, expect, it } from 'vitest';
import { type Right, rights, shippedRoles } from '../../src/domain/access/actor.ts';
import { factorDueAt, factorGraceDays, secondFactorStanding } from '../../src/domain/access/second-factor.ts';

const made = Date.UTC(2026, 0, 1);
const day = 86_400_000;
const standing = (given: {
  roleKeys?: string[];
  rights?: readonly Right[];
  hasFactor?: boolean;
  isLatecomer?: boolean;
  days: number;
}) =>
  secondFactorStanding({
    roleKeys: given.roleKeys ?? [],
    rights: new Set(given.rights ?? []),
    hasFactor: given.hasFactor ?? false,
    isLatecomer: given.isLatecomer ?? false,
    accountCreatedAt: made,
    now: made + given.days * day,
  });

describe('FAC-5: who must have a second factor, and by when', () => {
  it('administrators, within fourteen days', () => {
    const admin = { roleKeys: ['administrator'], rights };
    expect(standing({ ...admin, days: 0 })).toBe('due');
    expect(standing({ ...admin, days: factorGraceDays - 0.001 })).toBe('due');
    expect(standing({ ...admin, days: factorGraceDays })).toBe('overdue');
    expect(standing({ ...admin, days: 400 })).toBe('overdue');
    expect(standing({ ...admin, hasFactor: true, days: 400 })).toBe('fine');
    expect(factorDueAt(made)).toBe(made + factorGraceDays * day);
  });

  it('at once, where the others had theirs before', () => {
    const admin = { roleKeys: ['administrator'], rights, isLatecomer: true };
    expect(standing({ ...admin, days: 0 })).toBe('overdue');
    expect(standing({ ...admin, hasFactor: true, days: 0 })).toBe('fine');
    expect(standing({ roleKeys: ['specialist'], isLatecomer: true, days: 400 })).toBe('fine');
  });

  it('whoever gives rights or takes charge of accounts, by whatever name', () => {
    for (const right of ['people.edit', 'roles.edit'] as const)
      expect(standing({ roleKeys: ['manager'], rights: [right], days: 20 })).toBe('overdue');
  });

  it('nobody else', () => {
    for (const key of ['receptionist', 'specialist', 'client'] as const)
      expect(standing({ roleKeys: [key], rights: shippedRoles[key], days: 400 })).toBe('fine');
  });
});
