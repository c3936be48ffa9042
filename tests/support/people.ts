/** People for tests: the shipped roles, accounts as actors, cards and appointments, written as rows. */
import { type Actor, shippedRoles } from '../../src/domain/access/actor.ts';
import type { Db } from '../../src/server/db.ts';
import type { Deps } from '../../src/server/deps.ts';
import { createAnnouncer } from '../../src/server/live/announcer.ts';
import { openQueue } from '../../src/server/queue.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { fixedClock, idSequence, type TestClock } from './clock.ts';
import type { TestDatabase } from './database.ts';
import { house } from './house.ts';

export interface Bench {
  deps: Deps;
  clock: TestClock;
  db: Db;
  stop(): Promise<void>;
}

/** Dependencies with a clock that stands still; jobs are enqueued for real and run by hand. */
export async function openBench({ db, runtimeUrl }: TestDatabase): Promise<Bench> {
  const clock = fixedClock();
  const queue = await openQueue(runtimeUrl);
  const announcer = createAnnouncer(db);
  const deps: Deps = { db, queue, announcer, now: clock.now, newId: randomUUID };
  return {
    deps,
    clock,
    db,
    async stop() {
      await announcer.stop();
      await queue.stop();
    },
  };
}

export async function makeRoles(db: Db): Promise<void> {
  await db.role.createMany({
    data: Object.entries(shippedRoles).map(([key, rights]) => ({
      id: randomUUID(),
      key,
      name: key,
      rights: [...rights],
      isShipped: true,
    })),
  });
}

type StaffRole = Exclude<keyof typeof shippedRoles, 'client'>;

/** A staff actor as a session would make it; `specialistId` for those who perform. */
export const staff = (
  role: StaffRole,
  specialistId: string | null = null,
): Extract<Actor, { kind: 'staff' }> => ({
  kind: 'staff',
  accountId: idSequence(900)(),
  name: role,
  roleKeys: [role],
  rights: new Set(shippedRoles[role]),
  specialistId,
});

export const nobody: Actor = { kind: 'nobody', holderKey: 'a browser' };
export const origin = { userAgent: 'tests', ipAddress: null };
/** What the doors are given of the settings, and every server and child process of this run: as strong as production asks for. */
process.env.TESTS_MASTER_KEY ??= randomBytes(48).toString('base64url');
export const doorSettings = { masterKey: process.env.TESTS_MASTER_KEY };

export async function makeAccount(
  db: Db,
  account: { email: string; role: keyof typeof shippedRoles; verified?: boolean; name?: string },
): Promise<string> {
  const role = await db.role.findUniqueOrThrow({ where: { key: account.role } });
  const made = new Date('2026-01-01T00:00:00Z');
  const { id } = await db.account.create({
    data: {
      id: randomUUID(),
      email: account.email,
      emailVerifiedAt: account.verified === false ? null : made,
      name: account.name ?? 'Ana Reis',
      createdAt: made,
      roles: { create: { roleId: role.id } },
      // Without one an account that old could do nothing but set it up. No code opens this one.
      ...(account.role === 'administrator'
        ? { secondFactor: { create: { seedSealed: Buffer.alloc(64), confirmedAt: made, createdAt: made } } }
        : {}),
    },
  });
  return id;
}

export async function makeCard(
  db: Db,
  card: { firstName?: string; lastName?: string; email?: string; phone?: string; accountId?: string } = {},
): Promise<string> {
  const at = new Date('2026-01-01T00:00:00Z');
  const { id } = await db.client.create({
    data: { firstName: 'Ana', lastName: 'Reis', ...card, id: randomUUID(), createdAt: at, updatedAt: at },
  });
  return id;
}

/** A photograph in somebody's card, written as a row: its bytes are no picture. */
export async function makePhotograph(db: Db, clientId: string | null): Promise<string> {
  const bytes = new Uint8Array([1, 2, 3]);
  const { id } = await db.picture.create({
    data: {
      id: randomUUID(),
      kind: clientId === null ? 'template' : 'photograph',
      clientId,
      title: 'Left cheek',
      contentType: 'image/webp',
      bytes,
      preview: bytes,
      widthPx: 4,
      heightPx: 3,
      sha256: bytes,
      createdBy: randomUUID(),
      createdAt: new Date('2026-05-01T00:00:00Z'),
    },
  });
  return id;
}

/** A booked facial with Anna in Berlin, written as a row: these tests are not about the guard. */
export async function makeAppointment(
  db: Db,
  appointment: {
    clientId: string;
    startsAt?: string;
    status?: string;
    specialistId?: string;
    version?: number;
  },
): Promise<string> {
  const startsAt = new Date(appointment.startsAt ?? '2026-06-04T12:30:00Z');
  const endsAt = new Date(startsAt.getTime() + 45 * 60_000);
  const { id } = await db.appointment.create({
    data: {
      id: randomUUID(),
      locationId: house.berlin,
      clientId: appointment.clientId,
      status: appointment.status ?? 'booked',
      startsAt,
      endsAt,
      serviceDate: new Date(startsAt.toISOString().slice(0, 10)),
      priceMinor: 12_000,
      currency: 'EUR',
      channel: 'staff',
      version: appointment.version ?? 1,
      createdAt: new Date('2026-06-01T00:00:00Z'),
      updatedAt: new Date('2026-06-01T00:00:00Z'),
      items: {
        create: {
          id: randomUUID(),
          position: 0,
          serviceId: house.facial,
          serviceName: 'Facial',
          specialistId: appointment.specialistId ?? house.anna,
          startsAt,
          endsAt,
          minutes: 45,
          bufferBeforeMinutes: 0,
          bufferAfterMinutes: 10,
          priceMinor: 12_000,
          techniques: [{ id: house.technique.massage, name: 'Massage', minutes: 20, priceMinor: 2000 }],
        },
      },
    },
  });
  return id;
}
