/** What `npm test` runs, in this order. `npm test -- domain e2e` runs some of it. */
export type Suite =
  | { kind: 'check'; name: string; commands: string[][] }
  | { kind: 'vitest'; name: string; needsBuild?: boolean }
  | { kind: 'playwright'; name: string };

const nodeModules = (program: string) => `node_modules/${program}`;

export const suites: Suite[] = [
  {
    kind: 'check',
    name: 'types',
    // the router's and the pages' types come from Next; a fresh checkout has none yet
    commands: [
      [nodeModules('next/dist/bin/next'), 'typegen'],
      [nodeModules('typescript/bin/tsc'), '--noEmit'],
    ],
  },
  {
    kind: 'check',
    name: 'lint',
    commands: [[nodeModules('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']],
  },
  { kind: 'check', name: 'format', commands: [[nodeModules('@biomejs/biome/bin/biome'), 'format']] },
  { kind: 'vitest', name: 'boundaries' },
  { kind: 'vitest', name: 'domain' },
  { kind: 'vitest', name: 'zones' },
  { kind: 'vitest', name: 'server' },
  { kind: 'vitest', name: 'api' },
  { kind: 'vitest', name: 'collab' },
  { kind: 'vitest', name: 'house', needsBuild: true },
  { kind: 'playwright', name: 'e2e' },
];
