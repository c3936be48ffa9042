/** Portal, first load on a phone profile: script, style, long tasks and Lighthouse, of the production build on the seeded clinic. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { consecutiveFreePorts } from '../../scripts/ports.ts';
import { RunningHouse } from '../support/running-house.ts';
import { type Load, loadOnce, openBrowser, scoreOnce } from './portal-load.ts';
import type { BenchContext, Figure } from './reporter.ts';

const rounds = 5;
/** Answered by the root's own page, which has nothing of ours in the browser: what any page of this build costs. */
const barePath = '/nothing-is-here';

interface Catalogue {
  locations: { id: string }[];
  services: { id: string; techniques: { id: string; selection: string }[] }[];
}

/** The questions of booking by their addresses, each as somebody would open it first. */
async function bookingPaths(origin: string): Promise<string[]> {
  const answer = await fetch(`${origin}/api/trpc/catalogue.public`);
  const { result } = (await answer.json()) as { result: { data: { json: Catalogue } } };
  const { services, locations } = result.data.json;
  const plain = services.find(({ techniques }) => techniques.length === 0);
  const rich = services.find(({ techniques }) =>
    techniques.some(({ selection }) => selection !== 'required'),
  );
  const [place] = locations;
  if (!plain || !rich || !place) throw new Error('the seeded clinic sells nothing that could be measured');
  const step = (name: string, item: string, more = '') =>
    `/book?step=${name}&item=${item}&place=${place.id}${more}`;
  return [
    '/book',
    step('techniques', `${rich.id}..`),
    step('specialist', `${plain.id}..`),
    step('time', `${plain.id}.any.`),
    step('details', `${plain.id}.any.`, `&hold=${randomUUID()}`),
  ];
}

interface Measured {
  bare: Load;
  /** By page, in rounds. */
  loads: Load[][];
  scores: { accessibility: number; performance: number }[];
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
      const paths = await bookingPaths(origin);
      for (const each of [barePath, ...paths]) await loadOnce(browser, origin, each); // warms the server
      const bare = await loadOnce(browser, origin, barePath);
      const loads: Load[][] = [];
      for (const each of paths) {
        const own: Load[] = [];
        for (let round = 0; round < rounds; round++) own.push(await loadOnce(browser, origin, each));
        loads.push(own);
        progress(loads.length, paths.length + rounds);
      }
      const scores: Measured['scores'] = [];
      for (let round = 0; round < rounds; round++) {
        scores.push(await scoreOnce(debugPort, `${origin}/book`));
        progress(paths.length + scores.length, paths.length + rounds);
      }
      return { bare, loads, scores };
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
const nameOf = ({ path: address }: Load): string =>
  new URL(address, 'http://clinic').searchParams.get('step') ?? 'first question';
const all = ({ loads }: Measured): Load[] => loads.flat();

const scriptRatio: Figure = {
  name: 'booking.portal_script_ratio',
  unit: 'ratio',
  reach: '≤ 1.45 × a bare page of the same build, the heaviest question of booking',
  async run(context) {
    const result = await measured(context);
    const value = Math.max(...all(result).map(({ scriptBytes }) => scriptBytes)) / result.bare.scriptBytes;
    const each = result.loads.flatMap(([load]) =>
      load ? [`${nameOf(load)} ${kilobytes(load.scriptBytes).toFixed(1)} kB`] : [],
    );
    const detail = `bare ${kilobytes(result.bare.scriptBytes).toFixed(1)} kB, ${each.join(', ')}`;
    return { value, ok: value <= 1.45, detail };
  },
};

const styles: Figure = {
  name: 'booking.portal_css_kb',
  unit: 'kB',
  reach: '≤ 35',
  async run(context) {
    const value = kilobytes(Math.max(...all(await measured(context)).map(({ styleBytes }) => styleBytes)));
    return { value, ok: value > 0 && value <= 35 };
  },
};

const longTask: Figure = {
  name: 'booking.portal_long_task_ms',
  unit: 'ms',
  reach: '≤ 200, a processor four times slower, median of five first loads of the worst question',
  async run(context) {
    const { loads } = await measured(context);
    const worst = loads.map((own) => ({
      own,
      millis: median(own.map(({ longestTaskMillis }) => longestTaskMillis)),
    }));
    const value = Math.max(...worst.map(({ millis }) => millis));
    const detail = worst
      .map(({ own }) => {
        const millis = own.map(({ longestTaskMillis }) => longestTaskMillis.toFixed(0)).join(' ');
        return own[0] ? `${nameOf(own[0])}: ${millis}` : '';
      })
      .join('; ');
    return { value, ok: value <= 200, detail };
  },
};

const score = (kind: 'accessibility' | 'performance', least: number): Figure => ({
  name: `booking.portal_lighthouse_${kind}`,
  unit: 'points',
  reach: `≥ ${least}, median of five`,
  async run(context) {
    const values = (await measured(context)).scores.map((each) => each[kind]);
    const value = median(values);
    return { value, ok: value >= least, detail: values.join(' ') };
  },
});

export const figures: Figure[] = [
  scriptRatio,
  styles,
  longTask,
  score('accessibility', 100),
  score('performance', 90),
];
