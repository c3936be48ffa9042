/** P13: what a page of somebody else's makes a browser send, with the victim's own cookies, to every procedure that changes something. */
import { appUrl } from '../support/api-server.ts';
import { wire } from '../support/api-call.ts';
import type { Quiver } from './aim.ts';
import { seeded } from './hostile.ts';
import { unreached } from './known-gaps.ts';
import { readIds } from './nouns.ts';
import { again, findOpening, targetsOf } from './opening.ts';
import { procedures } from './procedures.ts';
import { ask, fetched } from './send.ts';
import { Watch } from './watch.ts';
import type { World } from './world.ts';

export interface ForgedResult {
  mutations: number;
  /** Ways a request can be forged in. */
  ways: number;
  sent: number;
  /** Mutations whose input was shown to be accepted when it comes from our own page. */
  shown: number;
  /** What was carried out all the same, or answered as if. */
  executed: string[];
}

type Made = (body: string) => {
  method: string;
  query?: string;
  headers: Record<string, string>;
  body?: BodyInit;
};

const form = (body: string) => new URLSearchParams({ json: body, input: body, '0': body }).toString();
function multipart(body: string): FormData {
  const data = new FormData();
  for (const name of ['json', 'input', '0']) data.append(name, body);
  return data;
}
const own = { origin: appUrl };
const foreign = { origin: 'https://evil.example' };

/** A page elsewhere can't hide where it is; it can choose how it sends. */
const bodies: Readonly<Record<string, Made>> = {
  GET: (body) => ({ method: 'GET', query: `?input=${encodeURIComponent(body)}`, headers: {} }),
  'GET in a batch': (body) => ({
    method: 'GET',
    query: `?batch=1&input=${encodeURIComponent(`{"0":${body}}`)}`,
    headers: {},
  }),
  HEAD: (body) => ({ method: 'HEAD', query: `?input=${encodeURIComponent(body)}`, headers: {} }),
  form: (body) => ({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form(body),
  }),
  multipart: (body) => ({ method: 'POST', headers: {}, body: multipart(body) }),
  'text/plain': (body) => ({ method: 'POST', headers: { 'content-type': 'text/plain' }, body }),
  'text/plain that says JSON': (body) => ({
    method: 'POST',
    headers: { 'content-type': 'text/plain; application/json' },
    body,
  }),
  'octet-stream': (body) => ({
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new TextEncoder().encode(body),
  }),
  JSON: (body) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body }),
  'PUT of JSON': (body) => ({ method: 'PUT', headers: { 'content-type': 'application/json' }, body }),
  'method in a header': (body) => ({
    method: 'GET',
    query: `?input=${encodeURIComponent(body)}`,
    headers: { 'x-http-method-override': 'POST', 'content-type': 'application/json' },
  }),
};

const origins: Readonly<Record<string, Record<string, string>>> = {
  foreign,
  null: { origin: 'null' },
  missing: {},
  'ours with a tail': { origin: `${appUrl}.evil.example` },
  'ours on another port': { origin: 'http://localhost:3999' },
  'ours over TLS': { origin: appUrl.replace('http:', 'https:') },
};

/** Every way that must not go through: any origin but ours with any body, and ours with what is no JSON sent by POST. */
export const forgedWays: readonly [name: string, headers: Record<string, string>, made: Made][] = [
  ...Object.entries(bodies).flatMap(([how, made]) =>
    Object.entries(origins).map(([from, headers]): [string, Record<string, string>, Made] => [
      `${how} from ${from}`,
      headers,
      made,
    ]),
  ),
  ...Object.entries(bodies)
    .filter(([how]) => how !== 'JSON')
    .map(([how, made]): [string, Record<string, string>, Made] => [`${how} from us`, own, made]),
];

/** Sends each mutation, with an input that is shown to be accepted, in every forged way, or in every `share`th, another each time. */
export async function forge(
  { origin, ownerUrl }: { origin: string; ownerUrl: string },
  world: World,
  options: { seed: number; tries: number; share: number; progress?: (done: number, total: number) => void },
): Promise<ForgedResult> {
  const watch = await Watch.open(ownerUrl);
  const mutations = procedures.filter(({ type }) => type === 'mutation');
  const result: ForgedResult = {
    mutations: mutations.length,
    ways: forgedWays.length,
    sent: 0,
    shown: 0,
    executed: [],
  };
  try {
    const quiver: Quiver = {
      watch,
      ids: await readIds(watch),
      known: world.known,
      random: seeded(options.seed),
    };
    for (const [index, procedure] of mutations.entries()) {
      const { path } = procedure;
      let insider = world.actors.find(({ name }) => name === 'administrator');
      let input: unknown;
      for (const target of targetsOf(procedure, quiver, world, ['own', 'foreign', 'other'])) {
        const tries = path in unreached ? 1 : 4 * options.tries;
        const opening = await findOpening(world, quiver, procedure, target, tries, async (actor, drawn) => {
          const heard = await ask(origin, procedure, drawn, actor.cookie);
          await watch.undo();
          return heard;
        });
        if (!opening) continue;
        input = opening.input;
        insider = opening.insider ?? insider;
        if (opening.insider) break;
      }
      if (!insider) throw new Error('nobody is there');
      const heard = await ask(origin, procedure, again(input), insider.cookie);
      if (heard.status === 200) result.shown += 1;
      await watch.undo();
      for (const [place, [way, headers, made]] of forgedWays.entries()) {
        if ((place + index) % options.share !== 0) continue;
        const { query = '', ...request } = made(wire(again(input)));
        const forged = await fetched(`${origin}/api/trpc/${path}${query}`, {
          ...request,
          headers: { ...request.headers, ...headers, cookie: insider.cookie },
        });
        result.sent += 1;
        const changes = await watch.changes();
        if (forged.status < 400 || changes.length > 0)
          result.executed.push(
            `${path}: ${way}: ${forged.status} ${changes.map(({ op, table }) => `${op} ${table}`).join(', ')}`,
          );
        if (changes.length > 0) await watch.undo();
      }
      options.progress?.(index + 1, mutations.length);
    }
  } finally {
    await watch.close();
  }
  return result;
}
