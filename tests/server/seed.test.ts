/** The demo clinic: the same everywhere, placed through the guard, and never over somebody's own. */
import { describe, expect, it } from 'vitest';
import { claimingStatuses } from '../../src/domain/appointment.ts';
import { verifyPassword } from '../../src/server/access/passwords.ts';
import { seedClinic } from '../../src/server/seed/clinic.ts';
import { openTestDatabase } from '../support/database.ts';

const demoPassword = 'kuvo-rami-selo-tanu';

async function seeded(now: string) {
  const database = await openTestDatabase();
  const accounts = await seedClinic(database.db, { demoPassword, now: new Date(now) });
  return { ...database, accounts };
}

describe('the seeded clinic', () => {
  it('has somebody of every role who can sign in, a full price list, and is left alone the second time', async () => {
    const { db, accounts, drop } = await seeded('2026-06-03T07:00:00Z');
    try {
      expect(accounts?.map(({ role }) => role)).toEqual([
        'administrator',
        'receptionist',
        'specialist',
        'specialist',
        'client',
        'client',
      ]);
      const admin = await db.credential.findFirstOrThrow({
        where: { account: { email: 'admin@dermis.test' } },
      });
      expect(await verifyPassword(admin.passwordHash, demoPassword)).toBe(true);
      expect(await db.service.count()).toBeGreaterThanOrEqual(16);
      expect(await db.client.count()).toBeGreaterThanOrEqual(40);
      expect(await db.technique.groupBy({ by: ['selection'] })).toHaveLength(3);
      const before = await db.appointment.count();
      expect(await seedClinic(db, { demoPassword, now: new Date() })).toBeNull();
      expect(await db.appointment.count()).toBe(before);
    } finally {
      await drop();
    }
  });

  it.each(['2026-03-27T23:30:00Z', '2026-10-24T09:00:00Z', '2028-02-28T12:00:00Z'])(
    'is full around %s, over changes of the clock too, every visit holding its time and its past told',
    async (now) => {
      const { db, drop } = await seeded(now);
      try {
        const visits = await db.appointment.findMany({ include: { claims: true, changes: true } });
        expect(visits.length).toBeGreaterThan(200);
        for (const { status, claims, changes, startsAt } of visits) {
          expect(claims.length > 0).toBe(claimingStatuses.some((claiming) => claiming === status));
          expect(changes.at(-1)?.toStatus).toBe(status);
          if (status === 'fulfilled' || status === 'no_show')
            expect(startsAt.getTime()).toBeLessThan(Date.parse(now));
        }
      } finally {
        await drop();
      }
    },
  );
});
