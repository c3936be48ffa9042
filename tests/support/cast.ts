/** Everybody who may come to the door, with a session each: for tests that try every door as everybody. */
import { randomUUID } from 'node:crypto';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import type { Db } from '../../src/server/db.ts';
import { appUrl } from './api-server.ts';
import { addClinic, type TestClinic } from './clinic.ts';
import { makeAccount, makeRoles, origin } from './people.ts';

export const roles = ['nobody', 'client', 'otherClient', 'specialist', 'administrator'] as const;
export type Role = (typeof roles)[number];

export interface Cast {
  clinic: TestClinic;
  accounts: Record<Exclude<Role, 'nobody'>, string>;
  /** A `Cookie` header each; nobody has a browser of their own too. */
  cookies: Record<Role, string>;
  /** Signs everybody in anew: whoever is fuzzed as an administrator ends sessions, blocks accounts and takes factors off. */
  signIn(now: Date): Promise<void>;
}

/** The small clinic of `addClinic` with its people: Anna's and Boris' accounts, Nora as a specialist, an administrator. */
export async function addCast(db: Db, now: Date): Promise<Cast> {
  const clinic = await addClinic(db);
  await makeRoles(db);
  const account = (role: 'client' | 'specialist' | 'administrator', email: string) =>
    makeAccount(db, { role, email: `${email}@example.com`, name: email });
  const accounts = {
    client: await account('client', 'anna'),
    otherClient: await account('client', 'boris'),
    specialist: await account('specialist', 'nora'),
    administrator: await account('administrator', 'desk'),
  };
  await db.client.update({ where: { id: clinic.clientId }, data: { accountId: accounts.client } });
  await db.client.update({ where: { id: clinic.otherClientId }, data: { accountId: accounts.otherClient } });
  await db.specialist.update({ where: { id: clinic.nora }, data: { accountId: accounts.specialist } });
  const cookies: Cast['cookies'] = {
    nobody: `dermis.holder=${randomUUID()}`,
    client: '',
    otherClient: '',
    specialist: '',
    administrator: '',
  };
  const cast: Cast = {
    clinic,
    accounts,
    cookies,
    async signIn(when) {
      await db.account.updateMany({
        where: { id: { in: Object.values(accounts) } },
        data: { blockedAt: null },
      });
      // Without one the administrator could do nothing but set it up.
      const factor = { seedSealed: Buffer.alloc(64), confirmedAt: when, createdAt: when };
      await db.secondFactor.upsert({
        where: { accountId: accounts.administrator },
        create: { accountId: accounts.administrator, ...factor },
        update: factor,
      });
      for (const role of ['client', 'otherClient', 'specialist', 'administrator'] as const) {
        const token = await db.$transaction((tx) =>
          openSession(tx, { id: randomUUID(), accountId: accounts[role], now: when, origin }),
        );
        cookies[role] = `${sessionCookieName(appUrl)}=${token}`;
      }
    },
  };
  await cast.signIn(now);
  return cast;
}
