/** P19: what is personal stays where it belongs, in whatever the processes write, answer and render. */
import { randomUUID } from 'node:crypto';
import { fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { withClient } from '../../scripts/migrate.ts';
import type { BenchContext, Figure } from '../bench/reporter.ts';
import { wire } from '../support/api-call.ts';
import { doorSettings } from '../support/people.ts';
import { strongSecret, WebProcess } from '../support/web-process.ts';
import { onWorld, type Stage } from './on-world.ts';
import { pageAddresses } from './page-addresses.ts';
import { procedures } from './procedures.ts';
import { fetched } from './send.ts';
import { maySee } from './sight.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A mail server that says whom it turns away, as real ones do. */
async function strictMailServer(): Promise<{ url: string; turnedAway(): number; stop(): Promise<void> }> {
  let turnedAway = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, callback) {
      turnedAway += 1;
      callback(Object.assign(new Error(`no mailbox for ${address} here`), { responseCode: 550 }));
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    turnedAway: () => turnedAway,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

/** The worker as it is started, with what it writes. */
function startWorker(env: Record<string, string>): { said(): string; stop(): Promise<void> } {
  const child = fork(path.join(root, 'workers/main.ts'), {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(killer);
    },
  };
}

interface Tally {
  leaks: Set<string>;
  /** Canaries that were shown to somebody who may see them: were there none, nothing would have been looked at. */
  shown: Set<string>;
  requests: number;
  pages: number;
}

/** Every page as everybody, as the browser first asks for it and as it asks from another page. */
async function walk({ world }: Stage, web: WebProcess, tally: Tally, { progress }: BenchContext) {
  const addresses = pageAddresses(world);
  tally.pages = addresses.length;
  for (const [index, actor] of world.actors.entries()) {
    for (const address of addresses)
      for (const isData of [false, true]) {
        const heard = await fetched(`${web.origin}${address}`, {
          headers: { ...(isData ? { rsc: '1' } : {}), cookie: actor.cookie },
        });
        tally.requests += 1;
        for (const { text, canary } of world.canaries.in(heard.text))
          if (maySee(actor, canary)) tally.shown.add(text);
          else if (!address.includes(text))
            tally.leaks.add(`${address} as ${actor.name}: ${canary.kind} of ${canary.of} (${text})`);
        if (heard.status >= 500) tally.leaks.add(`${address} as ${actor.name}: ${heard.status}`);
      }
    progress(index + 1, world.actors.length);
  }
}

/** Tells every procedure somebody's details, in a form it takes and in one it doesn't, and the doors beside them. */
async function tell({ world }: Stage, web: WebProcess, tally: Tally, secret: () => string) {
  const told = () => {
    const word = secret();
    const email = `${word}@post.example`;
    const texts = {
      name: word,
      firstName: word,
      lastName: secret(),
      note: `told us ${secret()}`,
      q: secret(),
    };
    return { ...texts, email, phone: secret(), password: secret(), newPassword: secret(), code: secret() };
  };
  for (const { path: name, type } of procedures)
    for (const cookie of [world.actors[0], world.actors.at(7)].map((actor) => actor?.cookie ?? '')) {
      if (type === 'subscription') continue;
      const body = wire(told());
      const heard =
        type === 'mutation'
          ? await fetched(`${web.origin}/api/trpc/${name}`, {
              method: 'POST',
              headers: { origin: web.origin, 'content-type': 'application/json', cookie },
              body,
            })
          : await fetched(`${web.origin}/api/trpc/${name}?input=${encodeURIComponent(body)}`, {
              headers: { cookie },
            });
      tally.requests += 1;
      if (heard.status >= 500 && heard.status !== 503) tally.leaks.add(`${name}: ${heard.status}`);
    }
  const csrf = await fetch(`${web.origin}/api/auth/csrf`);
  const given: unknown = await csrf.json();
  for (let times = 0; times < 5; times++) {
    tally.requests += 1;
    await fetched(`${web.origin}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: {
        origin: web.origin,
        'content-type': 'application/x-www-form-urlencoded',
        cookie: csrf.headers
          .getSetCookie()
          .map((line) => line.split(';')[0])
          .join('; '),
      },
      body: new URLSearchParams({
        csrfToken: String(Reflect.get(Object(given), 'csrfToken')),
        email: `${secret()}@post.example`,
        password: secret(),
        json: 'true',
      }),
    });
  }
}

/** Cuts every line to the database while people's details are under way on it. */
async function breakLines(stage: Stage, web: WebProcess, tally: Tally, secret: () => string) {
  const administrator = stage.world.actors.find(({ name }) => name === 'administrator')?.cookie ?? '';
  for (let round = 0; round < 10; round++) {
    const under = Array.from({ length: 12 }, (_, index) =>
      fetched(`${web.origin}/api/trpc/clients.create`, {
        method: 'POST',
        headers: { origin: web.origin, 'content-type': 'application/json', cookie: administrator },
        body: wire({
          firstName: secret(),
          lastName: secret(),
          email: `${secret()}@post.example`,
          phone: null,
          note: secret(),
          locale: 'en',
          idempotencyKey: randomUUID(),
          index,
        }),
      }).catch(() => null),
    );
    await sleep(5 + round * 3);
    await withClient(stage.ownerUrl, (owner) =>
      owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      ),
    );
    const heard = await Promise.all(under);
    tally.requests += under.length;
    for (const each of heard)
      for (const { text } of stage.world.canaries.in(each?.status === 200 ? '' : (each?.text ?? '')))
        tally.leaks.add(`an answer of a broken request says ${text}`);
  }
}

const sideways: Figure = {
  name: 'P19.canaries',
  unit: 'leaks',
  reach: '0 of 300 and more canaries in logs, errors, pages or their data, but with those who may see them',
  run: (context) =>
    onWorld(
      async (stage) => {
        const { world } = stage;
        const planted = world.canaries.size;
        const secret = () => world.canaries.word({ kind: 'secret', of: 'whoever said it' });
        const mail = await strictMailServer();
        const settings = { MASTER_KEY: doorSettings.masterKey, SMTP_URL: mail.url, LOG_LEVEL: 'debug' };
        const web = await WebProcess.start(stage.runtimeUrl, settings);
        const worker = startWorker({
          ...settings,
          NODE_ENV: 'production',
          DATABASE_URL: stage.runtimeUrl,
          NEXTAUTH_SECRET: strongSecret(),
          APP_URL: web.origin,
        });
        const tally: Tally = { leaks: new Set(), shown: new Set(), requests: 0, pages: 0 };
        try {
          const desk = world.actors.find(({ name }) => name === 'administrator')?.cookie ?? '';
          for (const messageId of Object.values(world.cards).flatMap(({ messageIds }) => messageIds))
            await web.mutate('messages.retry', { messageId }, { cookie: desk });
          await walk(stage, web, tally, context);
          await tell(stage, web, tally, secret);
          await breakLines(stage, web, tally, secret);
          for (let waited = 0; mail.turnedAway() === 0 && waited < 100; waited++) await sleep(200);
          const logs = { web: web.said, worker: worker.said() };
          for (const [name, log] of Object.entries(logs))
            for (const { text, canary } of world.canaries.in(log))
              tally.leaks.add(`the log of ${name}: ${canary.kind} of ${canary.of} (${text})`);
          for (const leak of [...tally.leaks].slice(0, 20)) context.log(leak);
          const bytes = logs.web.length + logs.worker.length;
          return {
            value: tally.leaks.size,
            ok:
              tally.leaks.size === 0 &&
              planted >= 300 &&
              tally.shown.size > 50 &&
              bytes > 500 &&
              mail.turnedAway() > 0,
            detail: `${planted} canaries planted and ${world.canaries.size - planted} told, ${tally.shown.size} of them shown to those who may see them; ${tally.pages} pages × ${world.actors.length} people × 2 ways and more, ${tally.requests} requests; ${bytes} bytes of logs, ${mail.turnedAway()} letters turned away by name`,
          };
        } finally {
          await web.stop();
          await worker.stop();
          await mail.stop();
        }
      },
      { single: true, now: () => new Date() },
    ),
};

export const figures: Figure[] = [sideways];
