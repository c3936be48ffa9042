/** P15: generated inputs at every procedure as everybody; what comes back is never a fault of ours and never tells of our insides. */
import { systemDb } from '../../src/server/deps.ts';
import type { OpenServer } from '../support/api-server.ts';
import { type Answer, call } from '../support/api-call.ts';
import type { Cast, Role } from '../support/cast.ts';
import { attackBody, type KnownIds, seeded } from './hostile.ts';
import { type DeclaredProcedure, procedures } from './procedures.ts';

export interface FuzzResult {
  seed: number;
  sent: number;
  /** Answers from which a fault or our insides could be read, each with the body that brought it about. */
  faults: string[];
  statuses: Record<number, number>;
  slowest: { path: string; millis: number };
  /** Procedures none of whose inputs got past their checks. */
  unreached: string[];
}

/** Refusals from which nothing follows about the command behind: null is a schema's. */
const beforeTheCommand: ReadonlySet<string | null> = new Set([
  null,
  'not_signed_in',
  'forbidden',
  'invalid_input',
]);
const insides =
  /\n\s+at |node_modules|\.[cm]?[jt]s:\d+|SQLSTATE|prisma|relation "|invalid input syntax|violates|\bpg_/i;

export const faultOf = ({ status, body }: Pick<Answer, 'status' | 'body'>): string | null =>
  status >= 500 ? `answered ${status}` : insides.test(body) ? 'tells of our insides' : null;

/** Every id there is, by the names that inputs give them. */
async function idsOf({ deps }: OpenServer): Promise<KnownIds> {
  const db = systemDb(deps.db, 'tests');
  const of = async (table: string) =>
    (await db.$queryRawUnsafe<{ id: string }[]>(`SELECT id::text FROM "${table}" LIMIT 50`)).map(
      ({ id }) => id,
    );
  const [locationId, serviceId, specialistId, clientId, appointmentId, resourceId, techniqueId, accountId] =
    await Promise.all(
      ['location', 'service', 'specialist', 'client', 'appointment', 'resource', 'technique', 'account'].map(
        of,
      ),
    );
  return {
    locationId: locationId ?? [],
    serviceId: serviceId ?? [],
    specialistId: specialistId ?? [],
    clientId: clientId ?? [],
    appointmentId: appointmentId ?? [],
    movingAppointmentId: appointmentId ?? [],
    resourceId: resourceId ?? [],
    techniqueId: techniqueId ?? [],
    accountId: accountId ?? [],
    categoryId: await of('service_category'),
    tagId: await of('tag'),
    scheduleId: await of('schedule'),
    id: [...(serviceId ?? []), ...(clientId ?? []), ...(resourceId ?? [])],
  };
}

/** Sends generated inputs at each procedure as each of the roles. The real handler, the real database. */
export async function fuzz(
  server: OpenServer,
  cast: Cast,
  options: {
    /** So many as the first of the roles that gets in … */
    perProcedure: number;
    /** … and so many as each of the others. */
    perOtherRole: number;
    roles: readonly Role[];
    seed: number;
    progress?: (done: number, total: number) => void;
  },
): Promise<FuzzResult> {
  const chosen = procedures.filter(({ type }) => type !== 'subscription');
  const result: FuzzResult = {
    seed: options.seed,
    sent: 0,
    faults: [],
    statuses: {},
    slowest: { path: '', millis: 0 },
    unreached: [],
  };
  for (const [index, procedure] of chosen.entries()) {
    // Whoever was blocked or signed out by the last one comes back.
    await cast.signIn(server.deps.now());
    const ids = await idsOf(server);
    let isReached = false;
    for (const role of options.roles) {
      const random = seeded(options.seed + index * 7_919 + options.roles.indexOf(role));
      const most = isReached ? options.perOtherRole : options.perProcedure;
      let turnedAway = 0;
      // Who may not come in at all is turned away before their input is read: a few times are enough.
      for (let count = 0; count < most && turnedAway < 8; count++) {
        const answer = await attack(
          server,
          procedure,
          cast,
          role,
          attackBody(procedure, random, ids),
          result,
        );
        turnedAway = answer.status === 401 || answer.status === 403 ? turnedAway + 1 : 0;
        isReached ||= answer.status === 200 || !beforeTheCommand.has(answer.refusalCode);
        if (role === 'administrator' && answer.status === 401) await cast.signIn(server.deps.now());
      }
    }
    if (!isReached) result.unreached.push(procedure.path);
    options.progress?.(index + 1, chosen.length);
  }
  if (Reflect.has({}, 'polluted')) result.faults.push('the prototype of all objects was changed');
  return result;
}

async function attack(
  server: OpenServer,
  procedure: DeclaredProcedure,
  cast: Cast,
  role: Role,
  rawBody: string,
  result: FuzzResult,
): Promise<Answer> {
  const type = procedure.type === 'mutation' ? 'mutation' : 'query';
  const began = performance.now();
  const answer = await call(server, type, procedure.path, { rawBody, cookie: cast.cookies[role] });
  const millis = performance.now() - began;
  if (millis > result.slowest.millis) result.slowest = { path: procedure.path, millis };
  result.sent++;
  result.statuses[answer.status] = (result.statuses[answer.status] ?? 0) + 1;
  const fault = faultOf(answer);
  if (fault)
    result.faults.push(
      `${procedure.path} as ${role} ${fault}: ${rawBody.slice(0, 400)} → ${answer.body.slice(0, 300)}`,
    );
  return answer;
}
