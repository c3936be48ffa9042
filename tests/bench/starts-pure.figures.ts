import { readFileSync } from 'node:fs';
import type { Spans } from '../../src/domain/interval.ts';
import { expandHours } from '../../src/domain/schedule.ts';
import { findStarts, type StartsInput } from '../../src/domain/starts.ts';
import { engineInputOf, readSlots } from '../../src/server/scenarios/slots-input.ts';
import type { BenchContext, Figure, Outcome } from './reporter.ts';

const MINUTE_MS = 60_000;
const REACH = 3;
const ROUNDS = 301;
const WARM_UP = 80;

function bulk(id: string): unknown {
  const url = new URL('../data/slots/scenarios-bulk.json', import.meta.url);
  const data: { scenarios: { id: string; input: unknown }[] } = JSON.parse(readFileSync(url, 'utf8'));
  const found = data.scenarios.find((scenario) => scenario.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found.input;
}

type Prepared = { readonly runs: Spans; readonly busy: Spans }[];

/**
 * The peer: hours already expanded, claims already sorted, one pass over both per specialist and a merge of the lists.
 * No plans, rooms, buffers, policies or zones: the least that can answer at all.
 */
export function bareMerge(
  prepared: Prepared,
  durationMs: number,
  stepMs: number,
  fromMs: number,
  toMs: number,
): number[] {
  let union: number[] = [];
  for (const { runs, busy } of prepared) {
    const own: number[] = [];
    let j = 0;
    for (let i = 0; i < runs.length; i += 2) {
      const end = (runs[i + 1] ?? 0) - durationMs;
      for (let start = runs[i] ?? 0; start <= end && start < toMs; start += stepMs) {
        while (j < busy.length && (busy[j + 1] ?? 0) <= start) j += 2;
        if (start >= fromMs && (j >= busy.length || (busy[j] ?? 0) >= start + durationMs)) own.push(start);
      }
    }
    union = mergeTwo(union, own);
  }
  return union;
}

function mergeTwo(a: number[], b: number[]): number[] {
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    out.push(left < right ? left : right);
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  while (i < a.length) out.push(a[i++] ?? 0);
  while (j < b.length) out.push(b[j++] ?? 0);
  return out;
}

function prepare(input: StartsInput): Prepared {
  return input.candidates.map(({ specialistId }) => {
    const calendar = input.calendars.get(specialistId);
    if (!calendar) throw new Error(`no calendar of ${specialistId}`);
    return {
      runs: expandHours(calendar, input.window.fromMs, input.window.toMs),
      busy: input.busy.get(specialistId) ?? [],
    };
  });
}

/** Claims in the order in which an index hands them over. */
function sorted(input: StartsInput): StartsInput {
  const busy = new Map<string, Spans>();
  for (const [id, spans] of input.busy) {
    const pairs: [number, number][] = [];
    for (let i = 0; i < spans.length; i += 2) pairs.push([spans[i] ?? 0, spans[i + 1] ?? 0]);
    pairs.sort((a, b) => a[0] - b[0]);
    busy.set(id, pairs.flat());
  }
  return { ...input, busy };
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function run({ log, progress }: BenchContext): Promise<Outcome> {
  const input = sorted(engineInputOf(readSlots(bulk('BULK3'))));
  const prepared = prepare(input);
  const plan = input.candidates[0]?.plan;
  const durationMs = (plan?.minutes ?? 0) * MINUTE_MS;
  const stepMs = input.policy.stepMinutes * MINUTE_MS;
  const peer = () => bareMerge(prepared, durationMs, stepMs, input.window.fromMs, input.window.toMs);
  const engine = () => findStarts(input);
  const found = engine().map(({ startsAt }) => startsAt);
  const same = JSON.stringify(found) === JSON.stringify(peer());
  const times: { engine: number[]; peer: number[] } = { engine: [], peer: [] };
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    // Interleaved, so that a busy moment of the machine falls on both.
    for (const [name, work] of [
      ['engine', engine],
      ['peer', peer],
    ] as const) {
      const begin = performance.now();
      work();
      const took = performance.now() - begin;
      if (round >= WARM_UP) times[name].push(took);
    }
    if (round % 50 === 0) progress(round, WARM_UP + ROUNDS);
  }
  const engineMs = median(times.engine);
  const peerMs = median(times.peer);
  const value = engineMs / peerMs;
  const detail = `engine ${engineMs.toFixed(2)} ms, bare merge ${peerMs.toFixed(2)} ms, ${found.length} starts, ${same ? 'the same answers' : 'ANSWERS DIFFER'}; hours expanded and who could take each start included`;
  log(detail);
  return { value, ok: same && value <= REACH, detail };
}

export const figures: Figure[] = [
  { name: 'booking.starts_pure_ratio', unit: '× bare merge', reach: `≤ ${REACH}`, run },
];
