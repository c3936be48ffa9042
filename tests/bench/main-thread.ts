/** What a page's main thread did, from the browser's own trace: by its CPU time, so that a busy machine doesn't count against it. */
import type { Page } from '@playwright/test';
import { z } from 'zod';

const traceEvent = z.object({
  name: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Microseconds. */
  ts: z.number().default(0),
  dur: z.number().optional(),
  /** CPU time of the thread, microseconds. */
  tdur: z.number().optional(),
  args: z.record(z.string(), z.unknown()).default({}),
});
type TraceEvent = z.infer<typeof traceEvent>;

export interface Task {
  startMs: number;
  /** By the clock on the wall: other programs of the machine are in it. */
  wallMs: number;
  cpuMs: number;
}

export interface Trace {
  tasks: Task[];
  /** When a response whose address contains this had arrived whole; the first of them. */
  arrivedMs(address: string): number | null;
  /** When the page set this mark, the last time. */
  markMs(name: string): number | null;
}

const categories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'toplevel',
  'blink.user_timing',
];

/** Records the main thread while `work` runs. */
export async function traced(page: Page, work: () => Promise<void>): Promise<Trace> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const each of value) {
      const parsed = traceEvent.safeParse(each);
      if (parsed.success) events.push(parsed.data);
    }
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories },
  });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return read(events);
}

function read(events: readonly TraceEvent[]): Trace {
  // The renderer that answers to our page is the one that ran functions longest.
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const weigh = (thread: TraceEvent) =>
    events
      .filter(({ name, pid, tid }) => name === 'FunctionCall' && pid === thread.pid && tid === thread.tid)
      .reduce((sum, { tdur }) => sum + (tdur ?? 0), 0);
  const [main] = threads.sort((a, b) => weigh(b) - weigh(a));
  const own = events.filter(({ pid, tid }) => pid === main?.pid && tid === main.tid);
  const dataOf = ({ args }: TraceEvent): Record<string, unknown> =>
    typeof args.data === 'object' && args.data !== null ? { ...args.data } : {};
  return {
    tasks: own
      .filter(({ name, dur }) => name === 'RunTask' && dur !== undefined)
      .map(({ ts, dur = 0, tdur = dur }) => ({ startMs: ts / 1000, wallMs: dur / 1000, cpuMs: tdur / 1000 })),
    arrivedMs(address) {
      const requests = own
        .filter(
          (event) => event.name === 'ResourceSendRequest' && String(dataOf(event).url).includes(address),
        )
        .map((event) => dataOf(event).requestId);
      const finished = own.find(
        (event) => event.name === 'ResourceFinish' && requests.includes(dataOf(event).requestId),
      );
      return finished ? finished.ts / 1000 : null;
    },
    markMs(mark) {
      const found = events.findLast(({ name, pid }) => name === mark && pid === main?.pid);
      return found ? found.ts / 1000 : null;
    },
  };
}

/** CPU time spent between two moments. */
export const cpuBetween = ({ tasks }: Trace, fromMs: number, toMs: number): number =>
  tasks
    .filter(({ startMs }) => startMs >= fromMs && startMs <= toMs)
    .reduce((sum, { cpuMs }) => sum + cpuMs, 0);

export const longestOf = (tasks: readonly Task[]): Task =>
  tasks.reduce((longest, task) => (task.cpuMs > longest.cpuMs ? task : longest), {
    startMs: 0,
    wallMs: 0,
    cpuMs: 0,
  });
