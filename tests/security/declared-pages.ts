/**
 * Every page and layout: either it goes through one of the guards before anything else of ours is asked, or it stands here with the
 * reason, and with all it reads of ours. What each then answers to whom is asked over HTTP by `tests/e2e/statuses.spec.ts` (for a part
 * of them) and by P19's figure (every page as everybody).
 */
import {
  always,
  type Code,
  isNode,
  type Module,
  type Node,
  nameOf,
  nodesIn,
  readCode,
  readSources,
  reaches,
  type Sources,
  textOf,
  within,
} from './syntax.ts';

/** What a page calls first, and whom it lets on. Each asks for itself who looks: a page is made also where its layout isn't. */
export const guards: Readonly<Record<string, string>> = {
  'src/api/page.ts#signedIn': 'whoever is signed in; others are led to the sign-in page',
  'src/api/desk-page.ts#deskPage': 'staff who may see the calendar',
  'src/api/client-page.ts#cardRights': 'staff who may see cards',
  'src/api/client-page.ts#pageCard': 'staff who may see this card; to others there is none',
  'src/api/client-page.ts#mailState': 'staff who may see messages',
  'src/api/drawing-page.ts#drawingPage': 'staff who may read this scheme; to other staff there is none',
  'src/api/portal-page.ts#portalVisit': 'the client whose visit it is; to others there is none',
  'src/api/scheme-page.ts#pageDrawings':
    'staff who may see what is drawn in this card; to others there is none',
  'src/api/scheme-page.ts#pageFinished': 'staff who may read this drawing; to other staff there is none',
  'src/api/scheme-page.ts#portalDrawings': 'clients, with what is shared with them',
  'src/api/scheme-page.ts#portalDrawing': 'the client with whom it is shared; to other clients there is none',
  'src/api/settings-page.ts#editorsOnly': 'staff to whom the named section is open',
  'src/api/settings-page.ts#roleEditorsOnly': 'staff who may compose roles',
  'src/api/settings-page.ts#firstSettings': 'staff to whom any section of the settings is open',
};

export interface OpenPage {
  why: string;
  /** All of ours it calls, by name. */
  reads: readonly string[];
  /** Leads whoever isn't signed in away by itself, right after having asked who looks. */
  asksSession?: true;
}

export const openPages: Readonly<Record<string, OpenPage>> = {
  'layout.tsx': { why: 'the frame of every page: language and style', reads: [] },
  'page.tsx': { why: 'leads everybody to where they begin', reads: ['pageCaller'] },
  '(auth)/layout.tsx': { why: 'the frame around the doors: the clinic’s name', reads: ['pageClinic'] },
  '(auth)/sign-in/page.tsx': {
    why: 'the door itself; names are offered to the device alone on which they signed in today',
    reads: ['server', 'ownPath', 'failedDestination', 'anyCaller', 'formToken', 'pageQuickReturns'],
  },
  '(auth)/sign-out/page.tsx': {
    why: 'says that one is signed out, or asks whether to',
    reads: ['anyCaller', 'formToken', 'server'],
  },
  '(auth)/register/page.tsx': { why: 'opens an account', reads: ['ownPath', 'pageCaller'] },
  '(auth)/forgot-password/page.tsx': { why: 'asks for a link', reads: [] },
  '(auth)/reset-password/page.tsx': { why: 'whoever holds a link; the procedure looks at it', reads: [] },
  '(auth)/confirm-email/page.tsx': {
    why: 'whoever is signed in and whose address isn’t proven: it shows their own account',
    reads: ['ownPath', 'anyCaller', 'signInHref', 'pageAccount'],
    asksSession: true,
  },
  '(auth)/second-factor/page.tsx': {
    why: 'whoever is signed in, also while a second factor is overdue: it is where it is set up',
    reads: ['ownPath', 'anyCaller', 'signInHref', 'ownAccountPage'],
    asksSession: true,
  },
  '(portal)/layout.tsx': {
    why: 'the frame around the clients’ pages: the clinic’s name',
    reads: ['pageClinic'],
  },
  '(portal)/book/layout.tsx': { why: 'words for booking', reads: [] },
  '(portal)/book/(flow)/page.tsx': {
    why: 'the public catalogue, and to a client their own first name and address',
    reads: ['portalCatalogue', 'portalVisitor'],
  },
  '(drawing)/join/layout.tsx': { why: 'the frame around a guest’s drawing: its words', reads: [] },
  '(drawing)/join/[token]/page.tsx': {
    why: 'whoever scanned a code; the procedures ask for the code, and tell nothing before the staff let somebody in',
    reads: ['editorLicense'],
  },
  '(staff)/layout.tsx': {
    why: 'staff alone, also while a second factor is overdue: their own account stays open to them',
    reads: [
      'anyCaller',
      'pageClinic',
      'liveCursor',
      'signInHref',
      'turnedAway',
      'pageSections',
      'factorDaysLeft',
    ],
    asksSession: true,
  },
  '(staff)/account/page.tsx': {
    why: 'one’s own account, also while a second factor is overdue; it throws where nobody is signed in',
    reads: ['ownAccountPage'],
  },
  '(staff)/settings/layout.tsx': {
    why: 'names the sections that are open to who looks, within the staff’s frame',
    reads: ['pageSections'],
  },
};

/** What may lie in src/app. Anything else Next knows (a file that makes images, a sitemap) would be a door of its own. */
const loaders = ['page.tsx', 'layout.tsx'];
const still = ['error.tsx', 'forbidden.tsx', 'loading.tsx', 'not-found.tsx'];
const others = ['route.ts', 'serve-page.ts'];

const ofOurs = (id: string): boolean => /^src\/(api|server)\//.test(id);
/** What of ours a page calls or hands on, as `file#name`. */
const usedOf = (module: Module): string[] => [...new Set(module.imports.values())].filter(ofOurs);
const shortName = (id: string): string => id.slice(id.lastIndexOf('#') + 1);

/** The statements of a function in their order; an arrow's expression is its only one. */
function statementsOf(value: Node | null): Node[] {
  const body = value?.body;
  if (!isNode(body)) return [];
  return body.type === 'BlockStatement' ? nodesIn(body.body) : [body];
}

const isBody = (node: Node, part: string): boolean => part === 'body' && node.type.includes('Function');
/** Whether it may end the page there, but for functions within it. */
const returns = (statement: Node): boolean =>
  [...within(statement, isBody)].some(({ type }) => type === 'ReturnStatement');

/** The calls of ours that a statement always makes. */
function callsIn(code: Code, file: string, statement: Node): { id: string; call: Node }[] {
  return always(statement).flatMap((call) => {
    const id = call.type === 'CallExpression' ? code.resolve(file, nameOf(call.callee) ?? '') : null;
    return id !== null && ofOurs(id) ? [{ id, call }] : [];
  });
}

const isAwaited = (statement: Node, call: Node): boolean =>
  always(statement).some((node) => node.type === 'AwaitExpression' && [...within(node)].includes(call));

/** Null where a guard stands before everything else; otherwise what is wrong. */
function unguarded(code: Code, file: string): string | null {
  for (const statement of statementsOf(code.valueOf(`${file}#default`))) {
    const [first] = callsIn(code, file, statement);
    if (first && first.id in guards)
      return isAwaited(statement, first.call)
        ? misplaced(file, first.id, first.call)
        : `doesn’t wait for ${shortName(first.id)}`;
    if (first) return `asks ${shortName(first.id)} before any guard`;
    if (returns(statement)) return 'answers before any guard was asked';
  }
  return 'goes through no guard, and isn’t declared as open';
}

/** A page of the settings asks for the section in whose folder it lies. */
function misplaced(file: string, id: string, call: Node): string | null {
  if (shortName(id) !== 'editorsOnly') return null;
  const section = textOf(nodesIn(call.arguments)[0]);
  const folder = /\/settings\/([^/]+)\//.exec(file)?.[1];
  return section === folder ? null : `lies in ${folder} and asks for ${section}`;
}

/** What a page says of itself (its title) is made by itself too: only guards may be asked for it. */
function besideItself(code: Code, module: Module): string[] {
  return [...module.values.keys()]
    .filter((name) => name !== 'default')
    .flatMap((name) => [...code.refersTo(`${module.file}#${name}`)])
    .filter((id) => ofOurs(id) && !(id in guards))
    .map((id) => `uses ${shortName(id)} beside the page itself, behind no guard`);
}

/** `if (session === null) redirect(…)`, at the top, before anything is answered. */
function asksSession(code: Code, file: string): boolean {
  const statements = statementsOf(code.valueOf(`${file}#default`));
  const asked = statements.findIndex(({ type, test, consequent }) => {
    if (type !== 'IfStatement' || !isNode(test) || test.operator !== '===' || !isNode(consequent))
      return false;
    const isSession = nameOf(test.left) === 'session' && isNode(test.right) && test.right.value === null;
    return isSession && always(consequent).some(({ callee }) => nameOf(callee) === 'redirect');
  });
  return asked >= 0 && !statements.slice(0, asked).some(returns);
}

function problemsOfOpen(code: Code, module: Module, { reads, asksSession: itself }: OpenPage): string[] {
  const used = usedOf(module).map(shortName);
  return [
    ...used.filter((name) => !reads.includes(name)).map((name) => `reads ${name}, which isn’t declared`),
    ...reads.filter((name) => !used.includes(name)).map((name) => `is declared to read ${name}, and doesn’t`),
    ...(itself && !asksSession(code, module.file) ? ['doesn’t lead away whoever isn’t signed in'] : []),
  ];
}

const kindOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
export const loaderFiles = (sources: Sources): string[] =>
  [...sources.keys()].filter((file) => file.startsWith('src/app/') && loaders.includes(kindOf(file)));

/** Every guard finds out who looks, and knows an end for those it doesn't let on. */
function problemsOfGuards(code: Code): string[] {
  const asking = /^src\/api\/page\.ts#(anyCaller|pageCaller)$/;
  const ending =
    /^src\/api\/page\.ts#(turnedAway|signInHref)$|^src\/domain\/access\/client\.ts#(clientScope|clientSight)$/;
  return Object.keys(guards).flatMap((id) => {
    if (code.valueOf(id) === null) return [`${id}: is no guard any more`];
    const finds = (pattern: RegExp) => reaches(code, id, (target) => pattern.test(target));
    const callsItself = [...within(code.valueOf(id) ?? { type: '' })].some(
      ({ callee }) => nameOf(callee) === 'forbidden',
    );
    return [
      ...(finds(asking) ? [] : [`${id}: doesn’t ask who looks`]),
      ...(callsItself || finds(ending) ? [] : [`${id}: lets everybody on`]),
    ];
  });
}

/** Pages, layouts and whatever else lies in src/app that let people see something without having asked who they are. */
export function pageProblems(
  sources: Sources = readSources('src/{app,api}/**/*.{ts,tsx}'),
  table: Readonly<Record<string, OpenPage>> = openPages,
): string[] {
  const code = readCode(sources);
  const problems = problemsOfGuards(code);
  const own = [...code.modules.values()].filter(({ file }) => file.startsWith('src/app/'));
  for (const name of Object.keys(table))
    if (!sources.has(`src/app/${name}`)) problems.push(`${name}: is declared as open, and isn’t there`);
  for (const page of own) {
    const name = page.file.slice('src/app/'.length);
    const kind = kindOf(page.file);
    const say = (found: readonly string[]) => problems.push(...found.map((each) => `${name}: ${each}`));
    if (still.includes(kind)) say(usedOf(page).map((id) => `reads ${shortName(id)} where nobody was asked`));
    else if (!loaders.includes(kind))
      say(others.includes(kind) ? [] : ['is none of the files that were thought of']);
    else if (table[name]) say(problemsOfOpen(code, page, table[name]));
    else say([unguarded(code, page.file) ?? [], besideItself(code, page)].flat());
  }
  return problems;
}
