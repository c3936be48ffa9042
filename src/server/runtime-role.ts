/** Whether the role of these processes is as powerless as row security needs it: owners and superusers are bound by no policy. */
import pg from 'pg';
import { isDeployment } from './env.ts';

export type Overreach =
  | { kind: 'superuser' }
  | { kind: 'bypasses_row_security' }
  /** Tables and functions of the clinic's schema that are this role's own. */
  | { kind: 'owns'; names: string[] }
  /** Member of a role with any of the above: `SET ROLE` would be enough. */
  | { kind: 'member_of'; roles: string[] };

const standingSql = `
  SELECT r.rolname AS name, r.rolsuper AS super, r.rolbypassrls AS bypass,
    coalesce((SELECT array_agg(c.relname::text ORDER BY c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relowner = r.oid AND n.nspname IN ('public', 'pgboss') AND c.relkind IN ('r', 'p', 'v', 'm')), '{}')
    || coalesce((SELECT array_agg(p.proname::text ORDER BY p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.proowner = r.oid AND n.nspname = 'public'), '{}') AS owned
  FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER') OR r.rolname = current_user`;

/** What the role behind an address could do past row security; empty is as it should be. Throws where nobody answers. */
export async function overreachOf(databaseUrl: string): Promise<Overreach[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; super: boolean; bypass: boolean; owned: string[] }>(
      standingSql,
    );
    const [{ me } = { me: '' }] = (await client.query<{ me: string }>('SELECT current_user::text AS me'))
      .rows;
    const own = rows.find(({ name }) => name === me);
    // A superuser counts as a member of every role; that is said once.
    if (own?.super) return [{ kind: 'superuser' }];
    const found: Overreach[] = [];
    if (own?.bypass) found.push({ kind: 'bypasses_row_security' });
    if (own && own.owned.length > 0) found.push({ kind: 'owns', names: own.owned });
    const strong = rows.filter(
      (role) => role !== own && (role.super || role.bypass || role.owned.length > 0),
    );
    if (strong.length > 0) found.push({ kind: 'member_of', roles: strong.map(({ name }) => name) });
    return found;
  } finally {
    await client.end();
  }
}

/**
 * Throws where processes that others reach would work with an owner's or a superuser's rights: nothing of what row security promises
 * would hold. On one's own machine that is one's own affair.
 */
export async function refuseOverreach(env: {
  NODE_ENV?: string;
  APP_URL?: string;
  DATABASE_URL: string;
}): Promise<void> {
  if (!isDeployment(env) || (await overreachOf(env.DATABASE_URL)).length === 0) return;
  throw new Error(
    'These settings keep Dermis from starting:\n  DATABASE_URL: its role owns tables or passes by row security; use dermis_app',
  );
}
