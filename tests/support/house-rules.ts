import path from 'node:path';
import { type Import, importsOf, withoutComments } from './imports.ts';

/** The import table of ARCHITECTURE.md. What a layer may import besides itself. */
const mayImport: Record<string, string[]> = {
  'src/domain': [],
  // Messages to people are written by the worker, in the words of src/messages/<language>/mail.json.
  'src/server': ['src/domain', 'src/generated', 'src/messages'],
  'src/api': ['src/server', 'src/domain'],
  'src/ui': ['src/domain', 'src/i18n'],
  'src/app': ['src/ui', 'src/api', 'src/i18n'],
  'src/i18n': ['src/messages'],
  'src/messages': [],
  workers: ['src/server', 'src/domain'],
  'collab-server': ['src/server', 'src/domain'],
  prisma: ['src/server', 'src/domain'],
  scripts: ['src/server', 'src/domain', 'prisma'],
  // Next's own entries at the top of src/: proxy.ts, instrumentation.ts, instrumentation-client.ts
  src: ['src/api', 'src/i18n'],
};

/** The single files that a layer may import although their layer is closed to it. */
const bridges = [
  {
    from: 'src/ui',
    to: 'src/api/root.ts',
    typesOnly: true,
    why: 'the router’s types are what pages are checked against',
  },
  {
    from: 'src',
    to: 'src/server/env.ts',
    typesOnly: false,
    why: 'Next’s entries need settings before there is a request',
  },
];

interface PackageRule {
  what: string;
  matches: (name: string) => boolean;
  allowedIn: string[];
}

const packageRules: PackageRule[] = [
  {
    what: 'Prisma and pg',
    matches: (name) => name === 'pg' || name === 'prisma' || name.startsWith('@prisma/'),
    allowedIn: ['src/server', 'scripts', 'prisma.config.ts'],
  },
  { what: 'pg-boss', matches: (name) => name === 'pg-boss', allowedIn: ['src/server', 'workers'] },
  {
    what: 'Next and React',
    matches: (name) =>
      ['next', 'next-auth', 'next-intl', 'react', 'react-dom', 'use-intl'].includes(name) ||
      name.startsWith('@mantine/'),
    allowedIn: [
      'src/api',
      'src/app',
      'src/ui',
      'src/instrumentation-client.ts',
      'src/i18n',
      'src/proxy.ts',
      'src/instrumentation.ts',
      'next.config.mjs',
    ],
  },
  { what: '@tremor/react', matches: (name) => name === '@tremor/react', allowedIn: ['src/ui/charts'] },
  { what: 'Temporal', matches: (name) => name === 'temporal-polyfill', allowedIn: ['src/domain'] },
];

const domainPackages = new Set(['zod', 'temporal-polyfill']);

/** Who else may read process.env inside of src, and why. */
const environmentReaders = new Map([
  ['src/server/env.ts', 'it is the reader'],
  ['src/server/schemes/fonts.ts', 'the library that draws letters asks the environment for its settings'],
  ['src/instrumentation.ts', 'Next tells by NEXT_RUNTIME which runtime loads it, and bundles by that text'],
]);

export const longestFileLines = 400;

/** Every way in which one file of ours breaks the rules of the house, as sentences; empty when it keeps them. */
export function breaches(file: string, source: string): string[] {
  const layer = layerOf(file);
  const problems: string[] = [];
  const lines = source.split('\n').length - 1;
  if (lines > longestFileLines) problems.push(`has ${lines} lines, more than ${longestFileLines}`);
  if (/^(utils?|helpers?|common)(\.|$)/.test(path.basename(file)))
    problems.push('has a name that says nothing');
  if (/\/(utils?|helpers?|common)\//.test(file)) problems.push('lies in a folder whose name says nothing');
  if (layer === undefined) return problems;
  for (const each of importsOf(source)) {
    const problem = breachOfImport(file, layer, each);
    if (problem) problems.push(problem);
  }
  const code = withoutComments(source);
  if (/(:\s*any\b|<any\b|\bas\s+any\b|\bany\[\])/.test(withoutStrings(code)))
    problems.push('uses the type any');
  if (/@ts-(ignore|nocheck|expect-error)/.test(source)) problems.push('silences the type checker');
  if (file.startsWith('src/') && /process\.env\b/.test(code) && !environmentReaders.has(file))
    problems.push('reads process.env; only src/server/env.ts does');
  return problems;
}

function breachOfImport(file: string, layer: string, { specifier, typeOnly }: Import): string | undefined {
  const target = resolveOwn(file, specifier);
  if (target === undefined) return breachOfPackage(file, layer, packageName(specifier));
  const targetLayer = layerOf(target);
  if (targetLayer === undefined || targetLayer === layer || mayImport[layer]?.includes(targetLayer))
    return undefined;
  if (bridges.some(({ from, to, typesOnly }) => from === layer && to === target && (typeOnly || !typesOnly)))
    return undefined;
  return `imports ${target}: ${layer} may not import ${targetLayer}`;
}

function breachOfPackage(file: string, layer: string, name: string): string | undefined {
  if (name.startsWith('node:'))
    return layer === 'src/domain' ? `imports ${name}: the domain is pure` : undefined;
  if (layer === 'src/domain' && !domainPackages.has(name))
    return `imports ${name}: the domain knows only zod and Temporal`;
  const rule = packageRules.find(({ matches }) => matches(name));
  if (!rule || rule.allowedIn.some((place) => file === place || file.startsWith(`${place}/`)))
    return undefined;
  return `imports ${name}: ${rule.what} belong to ${rule.allowedIn.join(', ')}`;
}

/** The path of an import inside the repository, or undefined for a package. */
export function resolveOwn(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('@/')) return `src/${specifier.slice(2)}`;
  if (!specifier.startsWith('.')) return undefined;
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
}

/** The layer a file belongs to; undefined for tests and settings, which may import anything. */
export function layerOf(file: string): string | undefined {
  const [first = '', second = '', third] = file.split('/');
  if (first !== 'src') return second && first in mayImport ? first : undefined;
  return third === undefined ? 'src' : `src/${second}`;
}

function packageName(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

const withoutStrings = (code: string) => code.replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''");

/** Files that import each other in a circle at run time, each circle once, written as a path. */
export function circles(files: Map<string, string>): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (file: string, trail: string[]) => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      const circle = trail.slice(at);
      const start = circle.indexOf([...circle].sort()[0] ?? '');
      found.add([...circle.slice(start), ...circle.slice(0, start)].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const { specifier, typeOnly } of importsOf(files.get(file) ?? '')) {
      const target = typeOnly ? undefined : resolveOwn(file, specifier);
      if (target !== undefined && files.has(target)) visit(target, [...trail, file]);
    }
    done.add(file);
  };
  for (const file of files.keys()) visit(file, []);
  return [...found];
}
