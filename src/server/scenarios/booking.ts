/** Runs scenarios of kind `booking` through the real commands, against a real database. */
import { randomUUID } from 'node:crypto';
import { type Actor, rights } from '../../domain/access/actor.ts';
import type { AppointmentView } from '../../domain/booking.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { book } from '../booking/book.ts';
import { cancel, mark } from '../booking/cancel.ts';
import { create } from '../booking/create.ts';
import { expireHold, hold } from '../booking/hold.ts';
import { readAppointment } from '../booking/read.ts';
import { reschedule } from '../booking/reschedule.ts';
import { createDb, type Db } from '../db.ts';
import type { Deps } from '../deps.ts';
import { createAnnouncer } from '../live/announcer.ts';
import { openQueue } from '../queue.ts';
import { type BookingStep, bookingInput, type CountName } from './booking-form.ts';
import { setStage, type Stage } from './booking-setup.ts';
import { instantOf, ScenarioError } from './slots-input.ts';

interface Answer {
  step: BookingStep;
  together: boolean;
  result: Result<AppointmentView | null> | { error: string };
  seconds: number;
}

interface Run {
  deps: Deps;
  stage: Stage;
  clock: { now: number };
  named: Map<string, string>;
  answers: Answer[];
  jobs: boolean;
}

export interface BookingOutcome {
  ok: boolean;
  differences: string[];
}

/** Empties the database behind the URL (the owner's), plays the scenario there and says what differs from what it expects. */
export async function runBookingScenario(scenario: unknown, databaseUrl: string): Promise<BookingOutcome> {
  const differences: string[] = [];
  const fields = typeof scenario === 'object' && scenario !== null ? scenario : {};
  const parsed = bookingInput.safeParse('input' in fields ? fields.input : undefined);
  if (!parsed.success)
    return {
      ok: false,
      differences: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    };
  const { setup, steps, jobs } = parsed.data;
  const db = createDb(databaseUrl, 24);
  const queue = await openQueue(databaseUrl);
  const announcer = createAnnouncer(db);
  try {
    const clock = { now: instantOf(setup.now, 'setup.now') };
    const deps: Deps = { db, queue, announcer, now: () => new Date(clock.now), newId: randomUUID };
    const flat = steps.flatMap((step) =>
      'parallel' in step ? [step.parallel].flat().map((each) => each.do) : [step],
    );
    const stage = await setStage(db, setup, flat);
    const run: Run = { deps, stage, clock, named: new Map(), answers: [], jobs: jobs !== 'off' };
    for (const step of steps) {
      if (!('parallel' in step)) await play(run, step, false);
      else {
        const all = [step.parallel]
          .flat()
          .flatMap(({ repeat, do: each }) => Array.from({ length: repeat }, () => each));
        await Promise.all(all.map((each) => play(run, each, true)));
      }
    }
    differences.push(
      ...unexpectedAnswers(run),
      ...(await compareCounts(run, 'expected' in fields ? fields.expected : {})),
    );
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    differences.push(error.message);
  } finally {
    await announcer.stop();
    await queue.stop();
    await db.$disconnect();
  }
  return { ok: differences.length === 0, differences };
}

const sessions = new Map<string, string>();

/** Each session is a person at the desk of their own; steps that share an idempotency key were sent by one. */
function actorOf(step: BookingStep): Actor {
  const name = step.session ?? (step.idempotencyKey ? `key ${step.idempotencyKey}` : randomUUID());
  const accountId = sessions.get(name) ?? randomUUID();
  sessions.set(name, accountId);
  return {
    kind: 'staff',
    accountId,
    name,
    roleKeys: ['administrator'],
    rights: new Set(rights),
    specialistId: null,
  };
}

async function play(run: Run, step: BookingStep, together: boolean): Promise<void> {
  const began = performance.now();
  let result: Answer['result'];
  try {
    result = await act(run, step);
  } catch (error) {
    if (error instanceof ScenarioError) throw error;
    result = { error: error instanceof Error ? error.message : String(error) };
  }
  if (step.as && 'ok' in result && result.ok && result.value)
    run.named.set(step.as, result.value.appointmentId);
  run.answers.push({ step, together, result, seconds: (performance.now() - began) / 1000 });
}

async function act(run: Run, step: BookingStep): Promise<Result<AppointmentView | null>> {
  const { deps, stage } = run;
  const actor = actorOf(step);
  const key = {
    idempotencyKey: `${step.idempotencyKey ?? ''} ${step.idempotencyKey ? 'as given' : randomUUID()}`,
  };
  if (step.op === 'advanceClock') return advance(run, step);
  if (step.op === 'book' || step.op === 'hold') {
    const serviceId = stage.serviceFor(step);
    const specialistId = step.specialistId ? stage.specialistIds.get(step.specialistId) : null;
    if (specialistId === undefined)
      throw new ScenarioError(`no specialist ${JSON.stringify(step.specialistId)}`);
    const request = {
      locationId: stage.locationId,
      items: [{ serviceId, specialistId, techniqueIds: stage.techniquesOf(serviceId, step.techniques) }],
      startsAt: instantOf(step.start ?? '', 'start'),
      ...key,
    };
    return step.op === 'hold'
      ? hold(deps, actor, request, (step.ttlSec ?? 600) * 1000)
      : create(deps, actor, { ...request, clientId: stage.clientId });
  }
  const appointmentId = run.named.get(step.ref ?? '');
  if (!appointmentId) throw new ScenarioError(`no booking ${JSON.stringify(step.ref)}`);
  if (step.op === 'cancel') return cancel(deps, actor, { appointmentId, ...key });
  const row = await readAppointment(deps.db, appointmentId);
  if (!row) return refuse('not_found', { noun: 'appointment' });
  if (step.op === 'confirm') {
    return row.status === 'held' || row.status === 'expired'
      ? book(deps, actor, { appointmentId, clientId: stage.clientId, ...key })
      : mark(deps, actor, { appointmentId, to: row.status === 'pending' ? 'booked' : 'confirmed', ...key });
  }
  const specialistId = step.specialistId ? stage.specialistIds.get(step.specialistId) : undefined;
  return reschedule(deps, actor, {
    appointmentId,
    version: row.version,
    startsAt: step.start ? instantOf(step.start, 'start') : row.startsAt,
    ...(specialistId ? { specialistId } : {}),
    ...(step.durationMin ? { durationMinutes: step.durationMin } : {}),
    ...key,
  });
}

/** Moves the clock; where jobs run, the holds that lapsed meanwhile are tidied as the worker would. */
async function advance(run: Run, step: BookingStep): Promise<Result<null>> {
  const seconds = step.seconds ?? step.sec ?? (step.minutes ?? step.min ?? 0) * 60;
  run.clock.now = step.to ? instantOf(step.to, 'to') : run.clock.now + seconds * 1000;
  if (!run.jobs) return done(null);
  const held = await run.deps.db.appointment.findMany({ where: { status: 'held' }, select: { id: true } });
  for (const { id } of held) await expireHold(run.deps, id);
  return done(null);
}

const outcomeOf = ({ result }: Answer): 'ok' | 'conflict' | 'error' =>
  'error' in result ? 'error' : result.ok ? 'ok' : 'conflict';

function unexpectedAnswers({ answers }: Run): string[] {
  return answers.flatMap((answer) => {
    const { expect, op } = answer.step;
    const outcome = outcomeOf(answer);
    // A refusal is the clean form of an error; a thrown error is no form of a refusal.
    if (!expect || expect === outcome || (expect === 'error' && outcome === 'conflict')) return [];
    const why =
      'error' in answer.result ? answer.result.error : answer.result.ok ? '' : answer.result.refusal.code;
    return [
      `${op} ${answer.step.start ?? answer.step.ref ?? ''}: expected ${expect}, was ${outcome} ${why}`.trim(),
    ];
  });
}

async function compareCounts(run: Run, expected: unknown): Promise<string[]> {
  const found: Record<string, number> = await countsOf(run);
  const differences: string[] = [];
  for (const [name, wanted] of Object.entries(expected ?? {})) {
    const value = found[name];
    if (value === undefined) differences.push(`${name}: not a count that is known`);
    else if (name === 'maxSecondsPerRequest' ? value > Number(wanted) : value !== wanted) {
      const first = run.answers.find((answer) => outcomeOf(answer) === 'error');
      const why = first && 'error' in first.result ? ` (${first.result.error})` : '';
      differences.push(`${name} is ${value}, expected ${String(wanted)}${why}`);
    }
  }
  return differences;
}

async function countsOf({ deps, answers, clock }: Run): Promise<Record<CountName, number>> {
  const raced = answers.some(({ together }) => together)
    ? answers.filter(({ together }) => together)
    : answers;
  const count = (outcome: string) => raced.filter((answer) => outcomeOf(answer) === outcome).length;
  const booked = raced.flatMap(({ result }) =>
    'ok' in result && result.ok && result.value ? [result.value] : [],
  );
  return {
    succeeded: count('ok'),
    conflict: count('conflict'),
    otherErrors: count('error'),
    distinctBookingIds: new Set(booked.map(({ appointmentId }) => appointmentId)).size,
    distinctSpecialists: new Set(booked.flatMap(({ items }) => items.map(({ specialistId }) => specialistId)))
      .size,
    maxSecondsPerRequest: Math.max(0, ...answers.map(({ seconds }) => seconds)),
    ...(await invariants(deps.db, new Date(clock.now))),
  };
}

/** What the tables say, asked without trusting the constraint. */
async function invariants(
  db: Db,
  now: Date,
): Promise<
  Pick<Record<CountName, number>, 'activeBookings' | 'liveHolds' | 'overlappingPairs' | 'orphanRows'>
> {
  const [row] = await db.$queryRaw<{ active: number; holds: number; pairs: number; orphans: number }[]>`
    SELECT
      (SELECT count(*)::int FROM appointment WHERE status IN ('pending', 'booked', 'confirmed', 'arrived', 'fulfilled')) AS active,
      (SELECT count(*)::int FROM appointment WHERE status = 'held' AND held_until > ${now}) AS holds,
      (SELECT count(*)::int FROM claim a JOIN claim b ON a.resource_id = b.resource_id AND a.id < b.id
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at) AS pairs,
      (SELECT count(*)::int FROM claim c LEFT JOIN appointment a ON a.id = c.appointment_id
        WHERE c.kind IN ('hold', 'appointment') AND (a.id IS NULL OR a.status IN ('expired', 'declined', 'cancelled')))
      + (SELECT count(*)::int FROM appointment a WHERE a.status NOT IN ('expired', 'declined', 'cancelled')
        AND (NOT EXISTS (SELECT FROM claim c WHERE c.appointment_id = a.id)
          OR NOT EXISTS (SELECT FROM appointment_item i WHERE i.appointment_id = a.id))) AS orphans`;
  return {
    activeBookings: row?.active ?? -1,
    liveHolds: row?.holds ?? -1,
    overlappingPairs: row?.pairs ?? -1,
    orphanRows: row?.orphans ?? -1,
  };
}
