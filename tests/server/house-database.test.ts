import { describe, expect, it } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { openTestDatabase, fileDatabase } from '../support/database.ts';

const database = fileDatabase();

describe('the database every process starts from', () => {
  it('lets the processes in as a role that owns nothing and bypasses nothing', async () => {
    const rows = await withClient(database().runtimeUrl, async (client) => {
      const found = await client.query(
        `select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
           (select count(*)::int from pg_class c where c.relowner = r.oid) as owned
         from pg_roles r where r.rolname = current_user`,
      );
      return found.rows;
    });
    expect(rows).toEqual([
      {
        rolname: 'dermis_app',
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        owned: 0,
      },
    ]);
  });

  it('keeps the shape of tables from the runtime role', async () => {
    await withClient(database().runtimeUrl, async (client) => {
      await expect(client.query('create table intruder (id int)')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('drop schema pgboss cascade')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('create table pgboss.intruder (id int)')).rejects.toMatchObject({
        code: '42501',
      });
    });
  });

  it('gives each test file a database of its own', async () => {
    const other = await openTestDatabase();
    try {
      expect(new URL(other.ownerUrl).pathname).not.toBe(new URL(database().ownerUrl).pathname);
      await withClient(other.ownerUrl, (client) => client.query('create table seen_elsewhere (id int)'));
      const found = await withClient(database().ownerUrl, (client) =>
        client.query(`select to_regclass('seen_elsewhere') as here`),
      );
      expect(found.rows).toEqual([{ here: null }]);
    } finally {
      await other.drop();
    }
  });
});
