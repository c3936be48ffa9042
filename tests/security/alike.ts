/** P8: whether an answer tells if an account exists: by what it says, or by how long it takes. */
import { randomUUID } from 'node:crypto';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import superjson from 'superjson';
import { appUrl } from '../support/api-server.ts';
import { AuthBrowser } from '../support/auth-browser.ts';
import { settleAll, type Siege } from './brute-force.ts';

export const askingDoors = ['sign_in', 'reset', 'register'] as const;
export type AskingDoor = (typeof askingDoors)[number];

/** What a stranger sees of an answer: everything but the secrets that are new each time. */
interface Seen {
  answer: string;
  millis: number;
}

const seenOf = async (response: Response): Promise<string> => {
  const headers = [...response.headers]
    .filter(([name]) => name !== 'set-cookie')
    .map((pair) => pair.join(': '));
  const cookies = response.headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '=…'));
  return [response.status, ...headers, ...cookies, await response.text()].join('\n');
};

type Ask = (siege: Siege, email: string, address: string) => Promise<Seen>;

async function timed(work: () => Promise<Response>): Promise<Seen> {
  const began = performance.now();
  const response = await work();
  const millis = performance.now() - began;
  return { answer: await seenOf(response), millis };
}

const mutation =
  (path: string, input: (email: string) => object): Ask =>
  (siege, email, address) => {
    const request = new Request(`${appUrl}/api/trpc/${path}`, {
      method: 'POST',
      headers: {
        origin: appUrl,
        host: 'localhost:3000',
        'content-type': 'application/json',
        'x-forwarded-for': address,
        cookie: `dermis.holder=${randomUUID()}`,
      },
      body: JSON.stringify(superjson.serialize(input(email))),
    });
    return timed(() => handleTrpc(request, siege.server));
  };

const asks: Record<AskingDoor, Ask> = {
  async sign_in(siege, email, address) {
    const browser = new AuthBrowser(siege.server, { 'x-forwarded-for': address });
    const { csrfToken } = (await (await browser.ask('GET', 'csrf')).json()) as { csrfToken: string };
    const form = { email, password: randomUUID(), csrfToken, callbackUrl: appUrl, json: 'true' };
    return timed(() => browser.ask('POST', 'callback/credentials', form));
  },
  reset: mutation('account.askReset', (email) => ({ email })),
  register: mutation('account.register', (email) => ({
    firstName: 'Ana',
    lastName: 'Reis',
    email,
    phone: '',
    password: 'correct horse battery staple',
    locale: 'en',
  })),
};

export interface Told {
  door: AskingDoor;
  samples: number;
  /** Different answers, secrets apart. One is right. */
  answers: string[];
  known: number[];
  unknown: number[];
}

const half = (address: number): string => `198.18.${address >> 8}.${address & 255}`;

/** Asks about addresses that somebody has and that nobody has, each once, in pairs whose order is left to chance, each from its own network. */
export async function askAbout(
  siege: Siege,
  door: AskingDoor,
  samples: number,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Told> {
  const told: Told = { door, samples, answers: [], known: [], unknown: [] };
  const answers = new Set<string>();
  const domain = `${door.replace('_', '-')}.example.com`;
  const known = Array.from({ length: samples }, (_, index) => `somebody${index}@${domain}`);
  await settleAll(siege, known);
  for (let index = 0; index < samples; index++) {
    const pair = [
      { kind: 'known', email: known[index] ?? '', address: half(2 * index) },
      { kind: 'unknown', email: `strangers${index}@${domain}`, address: half(2 * index + 1) },
    ] as const;
    for (const { kind, email, address } of Math.random() < 0.5 ? pair : pair.toReversed()) {
      const { answer, millis } = await asks[door](siege, email, address);
      answers.add(answer);
      told[kind].push(millis);
    }
    progress(index + 1, samples);
  }
  told.answers = [...answers];
  return told;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
};

/** How much longer a known address takes than an unknown one, as a ratio of medians, with its 95 % interval (bootstrap over pairs). */
export function ratioOf(
  { known, unknown }: Told,
  rounds = 2_000,
): { ratio: number; low: number; high: number } {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const drawn = Array.from({ length: known.length }, () => Math.floor(Math.random() * known.length));
    ratios.push(
      median(drawn.map((index) => known[index] ?? 0)) / median(drawn.map((index) => unknown[index] ?? 0)),
    );
  }
  ratios.sort((one, other) => one - other);
  const at = (share: number) => ratios[Math.floor(share * (ratios.length - 1))] ?? 0;
  return { ratio: median(known) / median(unknown), low: at(0.025), high: at(0.975) };
}
