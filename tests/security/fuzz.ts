/** P15: generated inputs at every procedure as everybody; what comes back is never a fault of ours and never tells of our insides. */
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { systemDb } from '../../src/server/deps.ts';
import { appUrl, type OpenServer } from '../support/api-server.ts';
import { type Answer, call, read } from '../support/api-call.ts';
import type { Cast, Role } from '../support/cast.ts';
import { attackBody, type KnownIds, type Random, seeded } from './hostile.ts';
import { type DeclaredProcedure, procedures } from './procedures.ts';

export interface FuzzResult {
  seed: number;
  sent: number;
  /** Answers from which a fault or our insides could be read, each with the body that brought it about. */
  faults: string[];
  statuses: Record<number, number>;
  slowest: { path: string; millis: number };
  /** The procedure that looked at the fewest inputs: whatever it answered, but for those it turned away unread. */
  fewest: { path: string; lookedAt: number };
  /** Procedures that answer with a stream; each of theirs is listened to until its first news, or its refusal, and then left. */
  streams: string[];
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
    /** So many as the first of the roles that gets in, and at least so many that every procedure looks at … */
    perProcedure: number;
    /** … and so many as each of the others. */
    perOtherRole: number;
    roles: readonly Role[];
    seed: number;
    progress?: (done: number, total: number) => void;
  },
): Promise<FuzzResult> {
  const result: FuzzResult = {
    seed: options.seed,
    sent: 0,
    faults: [],
    statuses: {},
    slowest: { path: '', millis: 0 },
    fewest: { path: '', lookedAt: Number.POSITIVE_INFINITY },
    streams: procedures.filter(({ type }) => type === 'subscription').map(({ path }) => path),
    unreached: [],
  };
  // One has only just registered: some procedures are for them alone.
  await systemDb(server.deps.db, 'tests').account.update({
    where: { id: cast.accounts.otherClient },
    data: { emailVerifiedAt: null },
  });
  for (const [index, procedure] of procedures.entries()) {
    // Whoever was blocked or signed out by the last one comes back.
    await cast.signIn(server.deps.now());
    const ids = await idsOf(server);
    let [isReached, lookedAt] = [false, 0];
    /** Sends one; says whether it was looked at. Whoever has ended their own session with it comes back. */
    const send = async (role: Role, random: Random): Promise<boolean> => {
      const answer = await attack(server, procedure, cast, role, attackBody(procedure, random, ids), result);
      isReached ||= answer.status === 200 || !beforeTheCommand.has(answer.refusalCode);
      if (role !== 'nobody' && answer.status === 401) await cast.signIn(server.deps.now());
      const isLookedAt = answer.status !== 401 && answer.status !== 403;
      lookedAt += isLookedAt ? 1 : 0;
      return isLookedAt;
    };
    /** Whose inputs were looked at most often. */
    let [insider, most]: [Role, number] = ['nobody', 0];
    for (const [place, role] of options.roles.entries()) {
      const random = seeded(options.seed + index * 7_919 + place);
      const wanted = isReached ? options.perOtherRole : options.perProcedure;
      const before = lookedAt;
      // Who may not come in at all is turned away before their input is read: a few times are enough.
      for (let count = 0, turnedAway = 0; count < wanted && turnedAway < 8; count++)
        turnedAway = (await send(role, random)) ? 0 : turnedAway + 1;
      if (lookedAt - before > most) [insider, most] = [role, lookedAt - before];
    }
    const random = seeded(options.seed + index * 7_919 + options.roles.length);
    for (let left = 4 * options.perProcedure; lookedAt < options.perProcedure && left > 0; left--)
      await send(insider, random);
    if (lookedAt < result.fewest.lookedAt) result.fewest = { path: procedure.path, lookedAt };
    if (!isReached) result.unreached.push(procedure.path);
    options.progress?.(index + 1, procedures.length);
  }
  if (Reflect.has({}, 'polluted')) result.faults.push('the prototype of all objects was changed');
  return result;
}

const listenMs = 250;

/** Opens a stream, listens until it has said something and leaves. What it refuses it says within the stream, after a status of 200. */
async function listen(server: OpenServer, path: string, rawBody: string, cookie: string): Promise<Answer> {
  const reader = new AbortController();
  const url = `${appUrl}/api/trpc/${path}?input=${encodeURIComponent(rawBody.toWellFormed())}`;
  const headers = { cookie, accept: 'text/event-stream' };
  const response = await handleTrpc(new Request(url, { headers, signal: reader.signal }), server);
  if (!response.ok || !response.body) return read(response);
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const tooLate = setTimeout(() => reader.abort(), listenMs);
  let body = '';
  // First it says that it is open; then what was missed, or why not.
  while (!/^(data: .*"json".*\n|event: return)/m.test(body)) {
    const { done, value } = await chunks.read().catch(() => ({ done: true, value: '' }));
    if (done) break;
    body += value;
  }
  clearTimeout(tooLate);
  reader.abort();
  const status = Number(/"httpStatus":(\d{3})/.exec(body)?.[1] ?? response.status);
  const refusalCode = /"refusal":\{"code":"(\w+)"/.exec(body)?.[1] ?? null;
  return { status, body, value: undefined, refusalCode };
}

async function attack(
  server: OpenServer,
  procedure: DeclaredProcedure,
  cast: Cast,
  role: Role,
  rawBody: string,
  result: FuzzResult,
): Promise<Answer> {
  const { type, path } = procedure;
  const cookie = cast.cookies[role];
  const began = performance.now();
  const answer =
    type === 'subscription'
      ? await listen(server, path, rawBody, cookie)
      : await call(server, type, path, { rawBody, cookie });
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
