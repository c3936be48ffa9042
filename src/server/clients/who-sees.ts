/** Who can open a card, and why: the rules of `clientScope`, `withinScope` and row security, asked for everybody at once. */
import { type Actor, isRight } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import { secondFactorStanding } from '../../domain/access/second-factor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { Prisma } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { straight } from '../sql.ts';
import { findCard } from './scope.ts';

/** One reason is enough; all there are get told, because taking one away leaves the others. */
export interface WhoSees {
  accountId: string;
  name: string;
  /** Roles that open every card. */
  roles: { id: string; key: string; name: string }[];
  /** Access tags that the card and the specialist share. */
  tags: { id: string; name: string }[];
  /** What they had with each other; counts only while the clinic lets visits open cards. */
  visits: { count: number; lastAt: Date } | null;
  /** Sees nothing at all until a second factor is set up, which is overdue. */
  waitsForFactor: boolean;
}

export interface WhoSeesCard {
  visitsGrantAccess: boolean;
  people: WhoSees[];
}

interface Row {
  account_id: string;
  name: string;
  roles: WhoSees['roles'] | null;
  tags: WhoSees['tags'] | null;
  visit_count: number;
  last_at: Date | null;
  created_at: Date;
  role_keys: string[];
  rights: string[];
  has_factor: boolean;
}

/**
 * Everybody of the staff who can open this card, by name; blocked accounts open nothing and aren't named. Refuses `forbidden`, and
 * `not_found` where there is no card within the sight of who asks.
 */
export async function whoSees(deps: Deps, actor: Actor, clientId: string): Promise<Result<WhoSeesCard>> {
  if (!can(actor, 'audit.view')) return refuse('forbidden');
  const id = await findCard(deps.db, clientScope(actor), clientId);
  if (id === null) return refuse('not_found', { noun: 'client' });
  const { db } = asSystem(deps, 'who sees a card', actor);
  const clinic = await db.clinic.findFirst({ select: { visitsGrantAccess: true } });
  const visitsGrantAccess = clinic?.visitsGrantAccess ?? false;
  const rows = await straight(db).rows<Row>(Prisma.sql`
    SELECT account.id AS account_id, account.name, by_role.roles, by_tag.tags,
      coalesce(by_visit.count, 0)::int AS visit_count, by_visit.last_at, account.created_at,
      ARRAY(SELECT r.key FROM account_role ar JOIN role r ON r.id = ar.role_id WHERE ar.account_id = account.id) AS role_keys,
      ARRAY(SELECT DISTINCT held FROM account_role ar JOIN role r ON r.id = ar.role_id, unnest(r.rights) AS held
        WHERE ar.account_id = account.id) AS rights,
      EXISTS (SELECT FROM second_factor f WHERE f.account_id = account.id AND f.confirmed_at IS NOT NULL) AS has_factor
    FROM account LEFT JOIN specialist s ON s.account_id = account.id
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('id', r.id, 'key', r.key, 'name', r.name) ORDER BY r.name) AS roles
      FROM account_role ar JOIN role r ON r.id = ar.role_id
      WHERE ar.account_id = account.id AND 'clients.view_all' = ANY (r.rights)) by_role ON true
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name) AS tags
      FROM client_tag ct JOIN tag t ON t.id = ct.tag_id AND t.is_access JOIN specialist_tag st ON st.tag_id = ct.tag_id
      WHERE ct.client_id = ${id}::uuid AND st.specialist_id = s.id) by_tag ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS count, max(at) AS last_at FROM (
        SELECT a.starts_at AS at FROM appointment a
        WHERE a.client_id = ${id}::uuid AND a.status NOT IN ('held', 'expired', 'declined')
          AND EXISTS (SELECT FROM appointment_item i WHERE i.appointment_id = a.id AND i.specialist_id = s.id)
        UNION ALL
        SELECT coalesce(v.started_at, v.service_date::timestamptz) FROM visit v
        WHERE v.client_id = ${id}::uuid AND v.specialist_id = s.id
          AND NOT EXISTS (SELECT FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id AND i.specialist_id = s.id
            WHERE a.id = v.appointment_id AND a.client_id = v.client_id AND a.status NOT IN ('held', 'expired', 'declined'))
      ) AS met) by_visit ON ${visitsGrantAccess}::boolean AND s.id IS NOT NULL
    WHERE account.blocked_at IS NULL
      AND EXISTS (SELECT FROM account_role ar JOIN role r ON r.id = ar.role_id WHERE ar.account_id = account.id AND r.key <> 'client')
      AND (by_role.roles IS NOT NULL OR by_tag.tags IS NOT NULL OR coalesce(by_visit.count, 0) > 0)
    ORDER BY account.name, account.id`);
  return done({
    visitsGrantAccess,
    people: rows.map((row) => ({
      accountId: row.account_id,
      name: row.name,
      roles: row.roles ?? [],
      tags: row.tags ?? [],
      visits:
        row.visit_count > 0 && row.last_at !== null ? { count: row.visit_count, lastAt: row.last_at } : null,
      waitsForFactor:
        secondFactorStanding({
          roleKeys: row.role_keys,
          rights: new Set(row.rights.filter(isRight)),
          hasFactor: row.has_factor,
          accountCreatedAt: row.created_at.getTime(),
          now: deps.now().getTime(),
        }) === 'overdue',
    })),
  });
}
