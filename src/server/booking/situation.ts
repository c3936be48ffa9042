/**
 * What starts are computed from: the house (kept in the process), the claims around the wanted time (one index read) and,
 * where somebody is capped, the visits of those days. Read outside of any writing transaction: the guard has the last word.
 */
import { type Actor, holderKeysOf, isStaff } from '../../domain/access/actor.ts';
import type { VisitRequest } from '../../domain/booking.ts';
import { at, type Spans } from '../../domain/interval.ts';
import type { Plan } from '../../domain/plan.ts';
import { done, type MisfitReason, type Result, refuse } from '../../domain/refusal.ts';
import {
  busyOf,
  type Candidate,
  type Claim,
  type ClaimRow,
  claimsRange,
  countPerDay,
  defaultStartPolicy,
  type StartPolicy,
  type StartsInput,
} from '../../domain/starts.ts';
import { addDays, localDateOf, startOfLocalDay } from '../../domain/zone.ts';
import { type Db, Prisma, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { loadHouse } from '../house/load.ts';
import type { House, HouseClinic, HouseLocation, HouseService } from '../house/state.ts';
import { calendarsOf } from '../schedules/calendar-source.ts';
import { asSql, type Sql, straight, unguarded } from '../sql.ts';
import { candidatesOf } from './candidates.ts';

const DAY_MS = 86_400_000;

export interface Situation {
  clinic: { currency: string } & HouseClinic['policy'];
  location: HouseLocation;
  services: readonly HouseService[];
  /** Specialists with a cap on visits a day. */
  caps: ReadonlyMap<string, number>;
  starts: StartsInput;
  /** Misfits that do not count: the grid and the gaps it leaves are for those who choose online. */
  waived: readonly MisfitReason[];
  candidate(label: string): Candidate;
}

export interface Around {
  /** One instant, with a margin for alternatives … */
  startsAt?: number;
  /** … or a stretch of time. */
  fromMs?: number;
  toMs?: number;
  /** One's own holds do not stand in the way. */
  ownHolds?: boolean;
  /** Nor do the visits that are moved … */
  movingAppointmentIds?: readonly string[];
  /** … but what they shall take does, before it is written. */
  alsoTaken?: readonly Claim[];
  /** A visit already booked keeps its own minutes and price: its plan is given, per performer. */
  plans?: ReadonlyMap<string, Plan>;
}

/** Staff see every start that hours allow; notice, horizon and cut-off are promises to clients. */
export function policyFor(actor: Actor, policy: HouseClinic['policy'], stepMinutes: number): StartPolicy {
  const common = {
    ...defaultStartPolicy,
    align: policy.startAlignment,
    stepMinutes,
    noCrumbsMinutes: policy.noCrumbsMinutes,
  };
  if (isStaff(actor) || actor.kind === 'system') return { ...common, noCrumbsMinutes: 0 };
  return {
    ...common,
    minNoticeMinutes: policy.minNoticeMinutes,
    horizonDays: policy.horizonDays,
    sameDayCutoffMinute: policy.sameDayCutoffMinute,
  };
}

/** Refuses with `not_found` and `plan_refused`. */
export async function readSituation(
  deps: Deps,
  actor: Actor,
  request: VisitRequest,
  around: Around,
): Promise<Result<Situation>> {
  const house = await loadHouse(deps.db);
  const location = house.locations.get(request.locationId);
  if (!house.clinic || !location?.isActive) return refuse('not_found', { noun: 'location' });
  const { policy, currency } = house.clinic;
  const services: HouseService[] = [];
  for (const { serviceId } of request.items) {
    const service = house.services.get(serviceId);
    if (!service?.isActive) return refuse('not_found', { noun: 'service' });
    services.push(service);
  }
  const stepMinutes = Math.max(
    ...services.map((service) => service.slotStepMinutes ?? policy.slotStepMinutes),
  );
  const found = around.plans
    ? done([...around.plans].map(([specialistId, plan]): Candidate => ({ specialistId, plan })))
    : candidatesOf(house, actor, request, services, stepMinutes);
  if (!found.ok) return found;
  const candidates = found.value;

  const now = deps.now().getTime();
  const fromMs = around.fromMs ?? (around.startsAt ?? now) - DAY_MS;
  const toMs = around.toMs ?? (around.startsAt ?? now) + 3 * DAY_MS;
  const window = { fromMs, toMs };
  const startPolicy = policyFor(actor, policy, stepMinutes);
  const source = calendarsOf(house, {
    locationId: location.id,
    resourceIds: null,
    dateFrom: localDateOf(fromMs, location.timeZone),
    dateTo: localDateOf(toMs, location.timeZone),
  });
  if (!source) return refuse('not_found', { noun: 'location' });
  const performers = [
    ...new Set(candidates.flatMap(({ plan }) => plan.items.map(({ specialistId }) => specialistId))),
  ];
  const needs = candidates.flatMap(({ plan }) => plan.needs.map(({ kind, type }) => `${kind}:${type}`));
  const resourceIds = [...new Set([...performers, ...needs.flatMap((key) => source.pools.get(key) ?? [])])];
  const range = claimsRange({ candidates, policy: startPolicy, window });
  const claims = await readClaims(unguarded(deps.db), resourceIds, range.fromMs, range.toMs);
  const without = await leftOut(deps.db, actor, around);
  const caps = new Map<string, number>();
  for (const id of performers) {
    const cap = house.specialists.get(id)?.maxPerDay;
    if (cap) caps.set(id, cap);
  }
  const dayLimits = await readDayLimits(unguarded(deps.db), caps, {
    ...window,
    zone: location.timeZone,
    now,
    without,
  });
  const starts: StartsInput = {
    candidates,
    calendars: source.calendars,
    pools: source.pools,
    busy: busyOf([...claims, ...(around.alsoTaken ?? []).map(asTaken)], now, without),
    dayLimits,
    policy: startPolicy,
    window,
    nowMs: now,
  };
  const ordered = orderCandidates(starts, house, around.startsAt ?? fromMs, location.timeZone);
  return done({
    clinic: { currency, ...policy },
    location,
    services,
    caps,
    starts: { ...starts, candidates: ordered },
    waived: isStaff(actor) || actor.kind === 'system' ? ['not_on_grid', 'crumbs'] : [],
    candidate(label) {
      const candidate = candidates.find(({ specialistId }) => specialistId === label);
      if (!candidate) throw new Error('an assignment names a performer who was no candidate');
      return candidate;
    },
  });
}

const asTaken = (claim: Claim): ClaimRow => ({ ...claim, appointmentId: null, heldUntilMs: null });

interface ClaimRecord {
  resource_id: string;
  starts_at: Date;
  ends_at: Date;
  appointment_id: string | null;
  held_until: Date | null;
}

/** Claims that overlap a range, from the index alone; the bounded length of a claim bounds the stretch that is read. */
export async function readClaims(
  db: Db | Tx | Sql,
  resourceIds: readonly string[],
  fromMs: number,
  toMs: number,
): Promise<ClaimRow[]> {
  const rows = await asSql(db).rows<ClaimRecord>(Prisma.sql`
    SELECT resource_id, starts_at, ends_at, appointment_id, held_until FROM claim
    WHERE resource_id = ANY (${[...resourceIds]}::uuid[])
      AND starts_at > ${new Date(fromMs - 2 * DAY_MS)} AND starts_at < ${new Date(toMs)} AND ends_at > ${new Date(fromMs)}`);
  return rows.map((row) => ({
    resourceId: row.resource_id,
    startMs: row.starts_at.getTime(),
    endMs: row.ends_at.getTime(),
    appointmentId: row.appointment_id,
    heldUntilMs: row.held_until?.getTime() ?? null,
  }));
}

/** Appointments whose claims do not stand in the way: one's own holds, and the visits being moved. */
async function leftOut(db: Db, actor: Actor, around: Around): Promise<ReadonlySet<string>> {
  const ids = new Set(around.movingAppointmentIds);
  const holders = around.ownHolds ? holderKeysOf(actor) : [];
  if (holders.length === 0) return ids;
  const own = await straight(db).rows<{ id: string }>(Prisma.sql`
    SELECT id FROM appointment WHERE holder_key = ANY (${holders}) AND status = 'held'`);
  for (const { id } of own) ids.add(id);
  return ids;
}

async function readDayLimits(
  db: Sql,
  caps: ReadonlyMap<string, number>,
  range: { fromMs: number; toMs: number; zone: string; now: number; without: ReadonlySet<string> },
): Promise<StartsInput['dayLimits'] & object> {
  const limits = new Map<string, { maxPerDay: number; counts: Map<string, number> }>();
  if (caps.size === 0) return limits;
  const from = new Date(startOfLocalDay(localDateOf(range.fromMs, range.zone), range.zone));
  const to = new Date(startOfLocalDay(addDays(localDateOf(range.toMs, range.zone), 1), range.zone));
  const rows = await db.rows<{ id: string; specialist_id: string; starts_at: Date }>(Prisma.sql`
    SELECT appointment_id AS id, specialist_id, starts_at
    FROM visits_counted(${[...caps.keys()]}::uuid[], ${from}, ${to}, ${new Date(range.now)})`);
  for (const [id, maxPerDay] of caps) {
    const startsAt = rows
      .filter((row) => row.specialist_id === id && !range.without.has(row.id))
      .map((row) => row.starts_at.getTime());
    limits.set(id, { maxPerDay, counts: countPerDay(startsAt, range.zone) });
  }
  return limits;
}

/** "Anyone" by the clinic's rule: the least busy that day first, or by rank. */
function orderCandidates(
  starts: StartsInput,
  house: House,
  aboutMs: number,
  zone: string,
): readonly Candidate[] {
  if (house.clinic?.policy.anySpecialistRule !== 'least_busy' || starts.candidates.length < 2)
    return starts.candidates;
  const date = localDateOf(aboutMs, zone);
  const fromMs = startOfLocalDay(date, zone);
  const toMs = startOfLocalDay(addDays(date, 1), zone);
  const load = (candidate: Candidate): number => {
    const ids = new Set(candidate.plan.items.map(({ specialistId }) => specialistId));
    // More people cost more than any single day could.
    return [...ids].reduce(
      (sum, id) => sum + busyWithin(starts.busy.get(id) ?? [], fromMs, toMs),
      (ids.size - 1) * DAY_MS,
    );
  };
  return [...starts.candidates].sort((a, b) => load(a) - load(b));
}

function busyWithin(spans: Spans, fromMs: number, toMs: number): number {
  let sum = 0;
  for (let i = 0; i + 1 < spans.length; i += 2)
    sum += Math.max(0, Math.min(at(spans, i + 1), toMs) - Math.max(at(spans, i), fromMs));
  return sum;
}
