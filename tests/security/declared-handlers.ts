/** Every route handler, who may come in through it, and what in the code says so. One that isn't here, or does otherwise, fails the suite. */
import type { Action } from '../../src/domain/access/policy.ts';
import {
  type Code,
  isNode,
  nameOf,
  nodesIn,
  readCode,
  readSources,
  reaches,
  type Sources,
  textOf,
  within,
} from './syntax.ts';

export interface DeclaredHandler {
  who: string;
  /** The only thing of ours the route file hands its request to, `file#function`. */
  by: string;
  /** What `by` asks for before it goes on; null: it is there for anyone, and `who` says why that is safe. */
  action: Action | null;
  /** What else of ours the route file itself uses: checks of the request before anybody is asked for. */
  before?: readonly string[];
  /** Answers with nothing of ours, whether the database is there or not. */
  isAlone?: true;
}

export const handlers: Readonly<Record<string, DeclaredHandler>> = {
  'api/auth/[...nextauth]/route.ts': {
    who: 'anyone: it signs in and out, with its own token against forged requests',
    by: 'src/api/http/auth-handler.ts#handleAuth',
    action: null,
    before: ['src/api/http/origin.ts#refusedOrigin', 'src/api/http/body.ts#boundedRequest'],
  },
  'api/ics/[appointmentId]/route.ts': {
    who: 'whoever may see the visit; everybody else is answered 404',
    by: 'src/api/http/calendar-file.ts#handleCalendarFile',
    action: 'appointment.view',
  },
  'api/imports/route.ts': {
    who: 'staff who may run imports, from our own pages alone',
    by: 'src/api/http/import-upload.ts#handleImportUpload',
    action: 'import.run',
  },
  'api/imports/[id]/report/route.ts': {
    who: 'staff who may run imports, with a fresh proof',
    by: 'src/api/http/import-report.ts#handleImportReport',
    action: 'import.run',
  },
  'api/pictures/route.ts': {
    who: 'staff who keep the clinic’s templates, or draw for the client whose photograph it is; from our own pages alone',
    by: 'src/api/http/picture-upload.ts#handlePictureUpload',
    action: 'picture.edit',
  },
  'api/pictures/[pictureId]/route.ts': {
    who: 'staff: templates, and photographs of whose schemes they read; a client what a scheme shared with them is drawn on; else 404',
    by: 'src/api/http/picture.ts#handlePicture',
    action: 'scheme.read',
  },
  'api/drawings/[schemeId]/[revision]/[form]/route.ts': {
    who: 'staff who may read the drawing, and its client once it is shared; everybody else is answered 404',
    by: 'src/api/http/drawing-file.ts#handleDrawingFile',
    action: 'scheme.read',
  },
  'api/drawings/guest/picture/route.ts': {
    who: 'anyone with the token of a guest who was let in, for as long as they are: it shows what the drawing lies on, and nothing else',
    by: 'src/api/http/guest-picture.ts#handleGuestPicture',
    action: null,
  },
  'api/trail/export/route.ts': {
    who: 'staff who may view the trail, with a fresh proof; that it was taken out is noted',
    by: 'src/api/http/trail-export.ts#handleTrailExport',
    action: 'audit.view',
  },
  '(auth)/sign-in/begin/route.ts': {
    who: 'anyone: it gives the browser a form token and changes nothing',
    by: 'src/api/sign-in.ts#beginForm',
    action: null,
  },
  '(auth)/welcome/route.ts': {
    who: 'anyone: it leads whoever is signed in to their own pages',
    by: 'src/api/sign-in.ts#welcome',
    action: null,
  },
  'tldraw/[...file]/route.ts': {
    who: 'anyone: fonts from a fixed list, the same for everybody',
    by: 'src/api/http/tldraw-asset.ts#handleTldrawAsset',
    action: null,
    isAlone: true,
  },
  'livez/route.ts': {
    who: 'anyone: it says that the process answers',
    by: 'src/api/http/health.ts#handleLiveness',
    action: null,
    isAlone: true,
  },
  'readyz/route.ts': {
    who: 'anyone: it says whether the database answers, and nothing of what is in it',
    by: 'src/api/http/health.ts#handleReadiness',
    action: null,
  },
  'api/trpc/[trpc]/route.ts': {
    who: 'anyone: the ladder of procedures decides, call by call, and each of them is declared',
    by: 'src/api/http/trpc-handler.ts#handleTrpc',
    action: null,
  },
};

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Both give the work the server's dependencies and say by name that the database is away. */
const serving = ['src/api/deps.ts#serve', 'src/app/serve-page.ts#servePage'];
/** Who sends a request is known from here alone. */
const identifying = 'src/api/auth.ts#identify';

export const routeFiles = (sources: Sources): string[] =>
  [...sources.keys()].filter((file) => /^src\/app\/(.*\/)?route\.tsx?$/.test(file));

function problemsOf(code: Code, file: string, declared: DeclaredHandler): string[] {
  const route = code.modules.get(file);
  if (!route) return ['can’t be read'];
  const problems: string[] = [];
  const { by, action, before = [] } = declared;
  if (route.exports.size === 0) problems.push('exports nothing that could be read');
  for (const [name, local] of route.exports) {
    const id = `${file}#${local}`;
    if (!methods.has(name)) problems.push(`exports ${name}, which is no method`);
    else if (!reaches(code, id, (target) => target === by)) problems.push(`${name} doesn’t go through ${by}`);
    else if (!declared.isAlone && !reaches(code, id, (target) => serving.includes(target)))
      problems.push(`${name} isn’t served like the others`);
  }
  const allowed = [by, ...before, ...serving];
  for (const target of route.imports.values())
    if (!allowed.includes(target)) problems.push(`uses ${target}, of which its declaration says nothing`);
  if (action === null) return problems;
  if (!code.refersTo(by).has(identifying)) problems.push(`${by} doesn’t ask who sends the request`);
  if (!code.gatesOf(by).has(action)) problems.push(`${by} goes on without asking for ${action}`);
  return problems;
}

/** Route handlers that don't say who may come in, or do otherwise than they say. */
export function handlerProblems(
  sources: Sources = readSources('src/{app,api,server}/**/*.{ts,tsx}'),
  table: Readonly<Record<string, DeclaredHandler>> = handlers,
): string[] {
  const code = readCode(sources);
  const files = routeFiles(sources);
  const gone = Object.keys(table).filter((name) => !files.includes(`src/app/${name}`));
  return [
    ...gone.map((name) => `${name}: is declared, and isn’t there`),
    ...files.flatMap((file) => {
      const name = file.slice('src/app/'.length);
      const declared = table[name];
      // A new one? Write it into the table above.
      return (declared ? problemsOf(code, file, declared) : ['isn’t declared']).map(
        (each) => `${name}: ${each}`,
      );
    }),
  ];
}

/** Files that read what comes through a socket, and who may send it. */
export const socketReaders: Readonly<Record<string, string>> = {
  // `standingOf`, asked with the ticket and again for as long as the socket is open, decides what is taken from it.
  'collab-server/door.ts':
    'who brings a ticket: staff by scheme.read and scheme.draw, guests as they were let in',
};

const listening = new Set(['on', 'once', 'addListener', 'addEventListener']);

/** Files that read a socket's messages and don't say whose. */
export function socketProblems(
  sources: Sources = readSources('{collab-server,workers,src/server,src/api}/**/*.ts'),
  table: Readonly<Record<string, string>> = socketReaders,
): string[] {
  const code = readCode(sources);
  return [...code.modules.values()]
    .filter(({ values }) =>
      [...values.values()].some((value) =>
        [...within(value)].some(({ type, callee, arguments: given }) => {
          const method =
            isNode(callee) && callee.type === 'MemberExpression' ? nameOf(callee.property) : null;
          return (
            type === 'CallExpression' &&
            listening.has(method ?? '') &&
            textOf(nodesIn(given)[0]) === 'message'
          );
        }),
      ),
    )
    .map(({ file }) => file)
    .filter((file) => !(file in table))
    .map((file) => `${file}: reads what comes through a socket, and isn’t declared`);
}
