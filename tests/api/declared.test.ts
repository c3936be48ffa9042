/** P2: nothing is there that doesn't say for whom. What is made up here shows that the checks would see it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appRouter } from '../../src/api/root.ts';
import { actions } from '../../src/domain/access/policy.ts';
import { handlerProblems, routeFiles, socketProblems } from '../security/declared-handlers.ts';
import { jobProblems, jobs } from '../security/declared-jobs.ts';
import { loaderFiles, pageProblems } from '../security/declared-pages.ts';
import { unaudited, unreached } from '../security/known-gaps.ts';
import { readSources, type Sources } from '../security/syntax.ts';

interface Declared {
  _def: { meta?: { who?: unknown; action?: unknown } };
}
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Declared>);
const ladder = ['anyone', 'client', 'signed_in', 'staff', 'administrator'];

describe('P2 nothing undeclared', () => {
  test('there are procedures to look at', () => expect(procedures.length).toBeGreaterThan(10));

  test.each(procedures.map(([name, { _def }]) => [name, _def.meta] as const))(
    '%s says who and what',
    (_name, meta) => {
      expect(ladder).toContain(meta?.who);
      expect(actions).toContain(meta?.action);
    },
  );

  test('routers hold no decisions: no "if", no policy of their own', () => {
    const folder = join(import.meta.dirname, '../../src/api/routers');
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), 'utf8');
      if (file === 'live.ts') continue; // a stream, which must look at each message
      expect(/\bif \(/.test(text), `${file} decides something`).toBe(false);
    }
  });

  test('every route handler goes through what it is declared to, which asks for what it is declared to', () => {
    expect(handlerProblems()).toEqual([]);
  });

  test('every page and layout goes through a guard, or is declared as open with all it reads', () => {
    expect(pageProblems()).toEqual([]);
  });

  test('every job is caused by what it is declared to be caused by', () => {
    expect(jobProblems()).toEqual([]);
  });

  test('no message of a socket is read without a declaration', () => {
    expect(socketProblems()).toEqual([]);
  });

  test('no function is called from a browser but procedures', () => {
    const marked = [...readSources('src/**/*.{ts,tsx}')].filter(([, text]) =>
      /['"]use server['"]/.test(text),
    );
    expect(marked.map(([file]) => file)).toEqual([]);
  });

  test('what is said to be proven elsewhere is', () => {
    const cited = Object.values({ ...unreached, ...unaudited }).flatMap(
      (why) => why.match(/tests\/[\w./-]+\.ts/g) ?? [],
    );
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter((file) => !existsSync(join(import.meta.dirname, '../..', file)))).toEqual([]);
  });
});

const house = readSources('src/{app,api,server}/**/*.{ts,tsx}', 'workers/**/*.ts');
const withFile = (file: string, text: string): Sources => new Map([...house, [file, text]]);
const changed = (file: string, from: string, to: string): Sources => {
  const text = house.get(file);
  if (!text?.includes(from)) throw new Error(`${file} has nothing like ${from}`);
  return withFile(file, text.replace(from, to));
};

describe('an undeclared route handler fails', () => {
  const open = `import { serve } from '@/api/deps.ts';
export const GET = (): Promise<Response> => serve(async ({ deps }) => Response.json(await deps.db.client.findMany()));`;
  const calendar = 'src/api/http/calendar-file.ts#handleCalendarFile';

  test('there are some to look at', () => expect(routeFiles(house).length).toBeGreaterThan(5));

  test('a new one', () => {
    expect(handlerProblems(withFile('src/app/api/everything/route.ts', open))).toEqual([
      'api/everything/route.ts: isn’t declared',
    ]);
  });

  test('a new method of a declared one, and one that does its own work', () => {
    const file = 'src/app/api/trail/export/route.ts';
    expect(
      handlerProblems(withFile(file, `${house.get(file)}\nexport const POST = () => new Response('all');`)),
    ).toEqual([
      'api/trail/export/route.ts: POST doesn’t go through src/api/http/trail-export.ts#handleTrailExport',
    ]);
    expect(handlerProblems(withFile(file, open)).join()).toMatch(/GET doesn’t go through/);
  });

  test('one that says it asks, and doesn’t', () => {
    const sources = changed(
      'src/api/http/calendar-file.ts',
      "|| !can(actor, 'appointment.view', subjectOf(row))",
      '',
    );
    expect(handlerProblems(sources)).toEqual([
      `api/ics/[appointmentId]/route.ts: ${calendar} goes on without asking for appointment.view`,
    ]);
  });

  test('one that uses something beside', () => {
    const file = 'src/app/api/imports/route.ts';
    const more = `import { importReport } from '@/server/imports/queries.ts';\n`;
    expect(handlerProblems(withFile(file, more + house.get(file))).join()).toMatch(/importReport, of which/);
  });

  test('one that is gone', () => {
    const sources = new Map([...house].filter(([file]) => file !== 'src/app/api/imports/route.ts'));
    expect(handlerProblems(sources)).toEqual(['api/imports/route.ts: is declared, and isn’t there']);
  });
});

describe('an unguarded page fails', () => {
  const page = (body: string, imports = "import { signedIn } from '@/api/page.ts';") =>
    `${imports}
import { portalVisits } from '@/api/portal-page.ts';
import { readEverything } from '@/api/desk-page.ts';
export default async function Page({ params }) { ${body} }`;
  const found = (body: string, name = '(portal)/made-up/page.tsx') =>
    pageProblems(withFile(`src/app/${name}`, page(body)));
  const said = (words: string) => [`(portal)/made-up/page.tsx: ${words}`];

  test('there are some to look at', () => expect(loaderFiles(house).length).toBeGreaterThan(40));

  test.each([
    ['return <p />;', 'answers before any guard was asked'],
    [
      'const visits = await portalVisits(); await signedIn(); return <p />;',
      'asks portalVisits before any guard',
    ],
    [
      'if ((await params).id) return <p />; await signedIn(); return <p />;',
      'answers before any guard was asked',
    ],
    ['if ((await params).id) { await signedIn(); } return <p />;', 'answers before any guard was asked'],
    ['const later = () => signedIn(); return <p />;', 'answers before any guard was asked'],
    ['signedIn(); return <p />;', 'doesn’t wait for signedIn'],
  ])('%s', (body, words) => {
    expect(found(body)).toEqual(said(words));
  });

  test('and a guarded one doesn’t', () => {
    expect(
      found('const { id } = await params; await signedIn(); return <p>{await readEverything(id)}</p>;'),
    ).toEqual([]);
  });

  test('a title that reads what the page guards', () => {
    const title = `\nexport async function generateMetadata() { return { title: await readEverything() }; }`;
    const sources = withFile(
      'src/app/(portal)/made-up/page.tsx',
      page('await signedIn(); return <p />;') + title,
    );
    expect(pageProblems(sources)).toEqual(
      said('uses readEverything beside the page itself, behind no guard'),
    );
  });

  test('a layout, a page of the settings that asks for another section, an open page that reads more', () => {
    expect(found('return <p />;', '(staff)/made-up/layout.tsx')).toHaveLength(1);
    const settings = changed(
      'src/app/(staff)/settings/roles/page.tsx',
      "editorsOnly('roles')",
      "editorsOnly('rooms')",
    );
    expect(pageProblems(settings)).toEqual([
      '(staff)/settings/roles/page.tsx: lies in roles and asks for rooms',
    ]);
    const reads = withFile(
      'src/app/(auth)/forgot-password/page.tsx',
      page('return <p>{await readEverything()}</p>;'),
    );
    expect(pageProblems(reads).join()).toMatch(/reads readEverything, which isn’t declared/);
  });

  test('a frame that no longer leads strangers away, a guard that lets everybody on, a door nobody thought of', () => {
    const frame = changed(
      'src/app/(staff)/layout.tsx',
      'if (session === null) redirect(await signInHref());',
      '',
    );
    expect(pageProblems(frame).join()).toMatch(/doesn’t lead away whoever isn’t signed in/);
    const guard = withFile('src/api/desk-page.ts', 'export const deskPage = async () => ({ desk: null });');
    expect(pageProblems(guard)).toEqual([
      'src/api/desk-page.ts#deskPage: doesn’t ask who looks',
      'src/api/desk-page.ts#deskPage: lets everybody on',
    ]);
    const image = withFile(
      'src/app/(portal)/visits/opengraph-image.tsx',
      'export default () => new Response();',
    );
    expect(pageProblems(image).join()).toMatch(/is none of the files that were thought of/);
  });
});

describe('an undeclared job fails', () => {
  const names = Object.keys(jobs);
  const sends = (before: string) => `import { can } from '../../domain/access/policy.ts';
export async function tell(deps, actor, tx) { ${before} await deps.queue.send(tx, 'send-message', { messageId: '' }); }`;
  const told = (text: string) => jobProblems(withFile('src/server/made-up.ts', text), jobs, names);

  test('a new one', () => {
    expect(jobProblems(house, jobs, [...names, 'mail-everybody'])).toContain(
      'mail-everybody: isn’t declared',
    );
  });

  test('one that somebody else may cause too, or anybody', () => {
    expect(told(sends("if (!can(actor, 'account.enter')) return;"))).toContain(
      'send-message: caused by account.enter too',
    );
    expect(told(sends(''))).toContain('send-message: caused by src/server/made-up.ts#tell too');
  });

  test('one that nobody causes any more', () => {
    expect(jobProblems(house, { ...jobs, 'send-message': ['message.retry', 'audit.view'] }, names)).toContain(
      'send-message: not caused by audit.view',
    );
  });
});

test('a socket whose messages are read fails', () => {
  const room = "export const open = (socket) => { socket.on('message', (text) => save(text)); };";
  expect(socketProblems(withFile('collab-server/room.ts', room))).toEqual([
    'collab-server/room.ts: reads what comes through a socket, and isn’t declared',
  ]);
});
