// How the schema engine reaches PostgreSQL: Prisma's adapter for pg, with three of its gaps closed.
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** Type ids of PostgreSQL: the catalogue's one-byte "char", and text. */
const charType = 18;
const textType = 25;

const emptyDatabase = `DO $$ DECLARE s text; BEGIN
  FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP;
  CREATE SCHEMA public; END $$`;

/**
 * The connection factory that the engine asks for. `track` is given everything that must end before the process
 * does. A shadow database is made for the purpose and dropped, unless `shadowDatabaseUrl` names one to be emptied.
 */
export function bindAdapter({ url, shadowDatabaseUrl, track }) {
  const open = (connectionString, onClose) => openAdapter(connectionString, onClose, track);
  return bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(url),
    async connectToShadowDb() {
      if (shadowDatabaseUrl) {
        const adapter = await open(shadowDatabaseUrl);
        await adapter.executeScript(emptyDatabase); // the engine doesn't empty a given one itself
        return adapter;
      }
      const name = `prisma_migrate_shadow_db_${randomUUID()}`;
      const shadow = new URL(url);
      shadow.pathname = `/${name}`;
      await execute(url, `CREATE DATABASE "${name}"`);
      return open(shadow.href, () => execute(url, `DROP DATABASE IF EXISTS "${name}"`));
    },
  });
}

async function execute(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

// The adapter splits scripts at every ';', which breaks $$ bodies, and given an address instead of a pool it opens its
// shadow connections on the main database.
async function openAdapter(connectionString, onClose, track) {
  const pool = new pg.Pool({ connectionString, max: 4, idleTimeoutMillis: 0 });
  const adapter = readingCatalogue(await new PrismaPg(pool).connect());
  const { startTransaction } = adapter;
  adapter.startTransaction = async (...args) => readingCatalogue(await startTransaction.apply(adapter, args));
  adapter.executeScript = (script) =>
    pool.query(script).then(
      () => {},
      (error) => adapter.onError(error),
    );
  adapter.dispose = () => track(pool.end().then(() => onClose?.()));
  return adapter;
}

// The adapter refuses columns of the type "char", which the catalogue is full of: read them as text and report a
// character.
function readingCatalogue(queryable) {
  const { queryRaw } = queryable;
  queryable.queryRaw = async (query) => {
    const result = await queryable.performIO(query);
    const charColumns = [];
    result.fields.forEach((field, index) => {
      if (field.dataTypeID !== charType) return;
      field.dataTypeID = textType;
      charColumns.push(index);
    });
    const answered = Object.create(queryable, { performIO: { value: async () => result } });
    const rows = await queryRaw.call(answered, query);
    for (const index of charColumns) rows.columnTypes[index] = ColumnTypeEnum.Character;
    return rows;
  };
  return queryable;
}
