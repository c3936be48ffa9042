/** What access costs: row security on a page of clients, and a storm of sign-ins beside other work. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { type Actor, shippedRoles } from '../../src/domain/access/actor.ts';
import { clientSight } from '../../src/domain/access/client.ts';
import { clientListInput } from '../../src/domain/client.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { listClients } from '../../src/server/clients/search.ts';
import { actingAs, createDb } from '../../src/server/db.ts';
import { systemDb } from '../../src/server/deps.ts';
import { makeAccount, makeRoles } from '../support/people.ts';
import { WebProcess } from '../support/web-process.ts';
import { arrange } from './booking-load.ts';
import type { Figure } from './reporter.ts';

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

const clients = 100_000;
const samples = 60;

/** 100,000 cards; of each specialist's twentieth part half by an access tag, half by a visit. */
async function fillCards(ownerUrl: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('SET session_replication_role = replica');
    const { rows } = await owner.query<{ id: string }>('SELECT id FROM specialist ORDER BY id');
    await owner.query(
      `INSERT INTO client (id, first_name, last_name, phone, created_at, updated_at)
       SELECT gen_random_uuid(), 'Vorname' || n % 977, 'Nachname' || n, '+4930' || 1000000 + n, now() - make_interval(mins => n), now()
       FROM generate_series(1, $1) n`,
      [clients],
    );
    await owner.query(
      `INSERT INTO tag (id, name, is_access) SELECT gen_random_uuid(), 'Access ' || n, true FROM generate_series(1, 20) n`,
    );
    await owner.query(
      `INSERT INTO specialist_tag (specialist_id, tag_id) SELECT s.id, t.id
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM specialist) s
       JOIN (SELECT id, row_number() OVER (ORDER BY name) AS n FROM tag) t USING (n)`,
    );
    await owner.query(
      `INSERT INTO client_tag (client_id, tag_id) SELECT c.id, t.id
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM client) c
       JOIN (SELECT id, row_number() OVER (ORDER BY name) AS n FROM tag) t ON c.n % 40 = t.n`,
    );
    await owner.query(
      `WITH seen AS MATERIALIZED (
         SELECT gen_random_uuid() AS id, c.id AS client_id, s.id AS specialist_id, now() - make_interval(mins => 30 * c.n::int) AS at
         FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM client) c
         JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM specialist) s ON c.n % 40 = s.n + 20
       ), visits AS (
         INSERT INTO appointment (id, location_id, client_id, status, starts_at, ends_at, service_date, price_minor, currency, channel, created_at, updated_at)
         SELECT id, (SELECT id FROM location), client_id, 'fulfilled', at, at + interval '30 min', at::date, 5000, 'EUR', 'staff', at, at FROM seen
       )
       INSERT INTO appointment_item (id, appointment_id, position, service_id, service_name, specialist_id, starts_at, ends_at, minutes,
         buffer_before_minutes, buffer_after_minutes, price_minor)
       SELECT gen_random_uuid(), id, 0, (SELECT id FROM service), 'Half an hour', specialist_id, at, at + interval '30 min', 30, 0, 0, 5000 FROM seen`,
    );
    await owner.query('SET session_replication_role = DEFAULT');
    await owner.query('VACUUM ANALYZE');
    return rows.map(({ id }) => id);
  } finally {
    await owner.end();
  }
}

const staffWith = (role: 'specialist' | 'receptionist', specialistId: string | null): Actor => ({
  kind: 'staff',
  accountId: randomUUID(),
  name: role,
  roleKeys: [role],
  rights: new Set(shippedRoles[role]),
  specialistId,
});

const rowSecurity: Figure = {
  name: 'access.row_security_page',
  unit: 'ratio',
  reach: '≤ 2.5 × the same page of 100,000 clients without row security, for a specialist and for the desk',
  async run({ progress }) {
    const database = await openScratchDatabase();
    const secured = createDb(database.runtimeUrl, 2);
    // The owner's line: the same query with the same scope, and no row security.
    const bare = createDb(database.url, 2);
    try {
      await arrange(database.url, 1);
      const [specialistId = null] = await fillCards(database.url);
      const ratios: [string, number, number, number][] = [];
      for (const actor of [staffWith('specialist', specialistId), staffWith('receptionist', null)]) {
        for (const sort of ['name', 'newest'] as const) {
          const input = clientListInput.parse({ sort });
          const times: [number[], number[]] = [[], []];
          for (let round = 0; round < samples; round++) {
            for (const [index, db] of [actingAs(secured, actor), actingAs(bare, actor)].entries()) {
              const began = performance.now();
              const { clients: found } = await listClients(db, clientSight(actor), input, new Date());
              if (found.length < 20) throw new Error(`only ${found.length} cards on a page`);
              if (round >= 10) times[index === 0 ? 0 : 1].push(performance.now() - began);
            }
            progress(round, samples);
          }
          const [own, peer] = [quantile(times[0], 0.5), quantile(times[1], 0.5)];
          ratios.push([`${actor.kind === 'staff' ? actor.name : ''} by ${sort}`, own / peer, own, peer]);
        }
      }
      const worst = Math.max(...ratios.map(([, ratio]) => ratio));
      return {
        value: worst,
        ok: worst <= 2.5,
        detail: ratios
          .map(([name, , own, peer]) => `${name} ${own.toFixed(1)} against ${peer.toFixed(1)} ms`)
          .join(', '),
      };
    } finally {
      await secured.$disconnect();
      await bare.$disconnect();
      await database.close();
    }
  },
};

const stormSize = 500;

const storm: Figure = {
  name: 'access.sign_in_storm',
  unit: 'MB',
  reach: `memory at most + 400 MB under ${stormSize} parallel sign-ins, and p95 of other requests below 1 s`,
  async run() {
    const database = await openScratchDatabase();
    let web: WebProcess | undefined;
    try {
      const [first] = await arrange(database.url, 1);
      const owner = createDb(database.url, 2);
      const db = systemDb(owner, 'bench');
      await makeRoles(db);
      const accountId = await makeAccount(db, { role: 'client', email: 'storm@example.com' });
      await db.credential.create({
        data: { accountId, passwordHash: await hashPassword('a quiet long sentence') },
      });
      await owner.$disconnect();
      const server = await WebProcess.start(database.runtimeUrl, { TRUSTED_PROXIES: '1' });
      web = server;
      const csrf = await fetch(`${server.origin}/api/auth/csrf`);
      const body: unknown = await csrf.json();
      const csrfToken = String(Reflect.get(Object(body), 'csrfToken'));
      const cookie = csrf.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      const search = () =>
        server.query('booking.starts', {
          locationId: first?.locationId,
          items: first?.items,
          fromDate: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
          days: 7,
        });
      for (let round = 0; round < 20; round++) await search();
      const before = server.residentMegabytes();
      let peak = before;
      let over = false;
      const statuses = new Map<number, number>();
      const signIns = Promise.all(
        Array.from({ length: stormSize }, async (_, index) => {
          const answer = await fetch(`${server.origin}/api/auth/callback/credentials`, {
            method: 'POST',
            redirect: 'manual',
            headers: {
              'content-type': 'application/x-www-form-urlencoded',
              origin: server.origin,
              cookie,
              'x-forwarded-for': `198.18.${Math.floor(index / 250)}.${index % 250}`,
            },
            body: new URLSearchParams({
              csrfToken,
              email: index % 2 === 0 ? 'storm@example.com' : `nobody-${index}@example.com`,
              password: 'a wrong long sentence',
              json: 'true',
            }),
          });
          await answer.arrayBuffer();
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        }),
      ).finally(() => (over = true));
      const times: number[] = [];
      while (!over) {
        const answer = await search();
        if (answer.status !== 200) throw new Error(`starts answered ${answer.status} in the storm`);
        times.push(answer.millis);
        peak = Math.max(peak, server.residentMegabytes());
      }
      await signIns;
      const p95 = quantile(times, 0.95);
      const fast = p95 < 1_000;
      return {
        value: peak - before,
        ok: peak - before <= 400 && fast && (statuses.get(500) ?? 0) === 0,
        detail: `${before.toFixed(0)} → ${peak.toFixed(0)} MB; ${times.length} searches beside it, p95 ${p95.toFixed(0)} ms; answers ${JSON.stringify(Object.fromEntries(statuses))}`,
      };
    } finally {
      await web?.stop();
      await database.close();
    }
  },
};

export const figures: Figure[] = [rowSecurity, storm];
