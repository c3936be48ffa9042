/** Portal, first load on a phone profile: script, style, long tasks and Lighthouse, of the production build on the seeded clinic. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { consecutiveFreePorts } from '../../scripts/ports.ts';
import { bookingPaths } from '../support/page-ways.ts';
import { RunningHouse } from '../support/running-house.ts';
import { longestTask, openBrowser, type Score, score, weigh, type Weight } from './portal-load.ts';
import type { BenchContext, Figure } from './reporter.ts';

const rounds = 5;
/** Answered by the root's own page, which has nothing of ours in the browser: what any page of this build costs. */
const barePath = '/nothing-is-here';

interface Tasks {
  path: string;
  /** One a round. */
  millis: number[];
}

interface Measured {
  bare: Weight;
  weights: Weight[];
  bareTasks: Tasks;
  tasks: Tasks[];
  scores: Score[];
}

let measuring: Promise<Measured> | undefined;
/** Once for all figures: starting the house is the longest part. */
const measured = (context: BenchContext): Promise<Measured> => {
  measuring ??= measure(context);
  return measuring;
};

async function measure({ log, progress }: BenchContext): Promise<Measured> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'dermis-portal-'));
  const [port = 0] = await consecutiveFreePorts(4);
  const house = new RunningHouse(dataDir, port);
  log('starting the house with the seeded clinic');
  house.start({ DEMO_PASSWORD: 'figures-of-a-calm-clinic' });
  try {
    await house.says('Dermis is ready', 300_000);
    const origin = `http://localhost:${port}`;
    const { browser, debugPort } = await openBrowser();
    try {
      const questions = await bookingPaths(origin);
      if (questions === null) throw new Error('the seeded clinic sells nothing that could be measured');
      const paths = ['/book', ...Object.values(questions)];
      for (const each of paths) await weigh(browser, origin, each); // warms the server
      const all = paths.length + 1 + rounds;
      const bare = await weigh(browser, origin, barePath);
      const weights: Weight[] = [];
      for (const each of paths) weights.push(await weigh(browser, origin, each));
      const tasks: Tasks[] = [];
      for (const each of [barePath, ...paths]) {
        const millis: number[] = [];
        for (let round = 0; round < rounds; round++)
          millis.push(await longestTask(browser, `${origin}${each}`));
        tasks.push({ path: each, millis });
        progress(tasks.length, all);
      }
      const [bareTasks = { path: barePath, millis: [] }, ...ownTasks] = tasks;
      const scores: Score[] = [];
      for (let round = 0; round < rounds; round++) {
        scores.push(await score(browser, debugPort, `${origin}/book`));
        progress(tasks.length + scores.length, all);
      }
      return { bare, weights, bareTasks, tasks: ownTasks, scores };
    } finally {
      await browser.close();
    }
  } finally {
    house.kill('SIGTERM');
    await house.exitCode().catch(() => null);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const kilobytes = (bytes: number): number => bytes / 1000;
const nameOf = ({ path: address }: { path: string }): string =>
  address === barePath
    ? 'a bare page'
    : (new URL(address, 'http://clinic').searchParams.get('step') ?? 'first question');

const scriptRatio: Figure = {
  name: 'booking.portal_script_ratio',
  unit: 'ratio',
  reach: '≤ 1.45 × a bare page of the same build, the heaviest question of booking',
  async run(context) {
    const { bare, weights } = await measured(context);
    const value = Math.max(...weights.map(({ scriptBytes }) => scriptBytes)) / bare.scriptBytes;
    const detail = [bare, ...weights]
      .map((weight) => `${nameOf(weight)} ${kilobytes(weight.scriptBytes).toFixed(1)} kB`)
      .join(', ');
    return { value, ok: value <= 1.45, detail };
  },
};

const styles: Figure = {
  name: 'booking.portal_css_kb',
  unit: 'kB',
  reach: '≤ 35',
  async run(context) {
    const { weights } = await measured(context);
    const value = kilobytes(Math.max(...weights.map(({ styleBytes }) => styleBytes)));
    return { value, ok: value > 0 && value <= 35 };
  },
};

const longTask: Figure = {
  name: 'booking.portal_long_task_ms',
  unit: 'ms',
  reach: '≤ 200 at the speed of a phone, median of five first loads of the worst question',
  async run(context) {
    const { tasks, bareTasks } = await measured(context);
    const value = Math.max(...tasks.map(({ millis }) => median(millis)));
    const each = [bareTasks, ...tasks].map(
      (own) => `${nameOf(own)}: ${own.millis.map((millis) => millis.toFixed(0)).join(' ')}`,
    );
    return { value, ok: value <= 200, detail: each.join('\n') };
  },
};

const lighthousePoints = (kind: 'accessibility' | 'performance', least: number): Figure => ({
  name: `booking.portal_lighthouse_${kind}`,
  unit: 'points',
  reach: `≥ ${least}, median of five`,
  async run(context) {
    const { scores } = await measured(context);
    const values = scores.map((each) => each[kind]);
    const value = median(values);
    const slower = scores.map(({ slowdown }) => slowdown.toFixed(1)).join(' ');
    const detail = `${values.join(' ')}; the phone that many times slower than this machine: ${slower}`;
    return { value, ok: value >= least, detail };
  },
});

export const figures: Figure[] = [
  scriptRatio,
  styles,
  longTask,
  lighthousePoints('accessibility', 100),
  lighthousePoints('performance', 90),
];
