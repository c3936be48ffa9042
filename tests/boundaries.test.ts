import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaches, circles, layerOf } from './support/house-rules.ts';

const root = path.resolve(import.meta.dirname, '..');
const patterns = ['{src,workers,collab-server,prisma,scripts,tests}/**/*.{ts,tsx,mjs}', '*.{ts,mjs}'];
const files = new Map(
  globSync(patterns, { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !file.startsWith('src/generated/') && !file.endsWith('.d.ts'))
    .sort()
    .map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
);

describe('the house keeps its own rules', () => {
  it('finds the files it is about', () => {
    const layers = new Set([...files.keys()].map(layerOf));
    for (const layer of [
      'src/domain',
      'src/server',
      'src/api',
      'src/ui',
      'src/app',
      'workers',
      'collab-server',
    ])
      expect(layers).toContain(layer);
  });

  it('imports, sizes, names and types', () => {
    const found = [...files].flatMap(([file, source]) =>
      breaches(file, source).map((each) => `${file} ${each}`),
    );
    expect(found).toEqual([]);
  });

  it('no circles', () => {
    expect(circles(files)).toEqual([]);
  });
});

describe('the rules catch who breaks them', () => {
  const caught: [string, string, string][] = [
    [
      'src/domain/x.ts',
      `import { createDb } from '../server/db.ts';`,
      'src/domain may not import src/server',
    ],
    ['src/domain/x.ts', `import { randomUUID } from 'node:crypto';`, 'the domain is pure'],
    ['src/domain/x.ts', `import dayjs from 'dayjs';`, 'only zod and Temporal'],
    ['src/server/x.ts', `import { headers } from 'next/headers';`, 'Next and React belong'],
    ['src/server/x.ts', `import { router } from '@/api/trpc.ts';`, 'src/server may not import src/api'],
    ['src/api/x.ts', `import { Prisma } from '@prisma/client';`, 'Prisma and pg belong'],
    [
      'src/api/x.ts',
      `import { Prisma } from '../generated/prisma/client.ts';`,
      'src/api may not import src/generated',
    ],
    ['src/api/x.ts', `const pg = await import('pg');`, 'Prisma and pg belong'],
    [
      'src/ui/kit/x.tsx',
      `import { LineChart } from '@tremor/react';`,
      '@tremor/react belong to src/ui/charts',
    ],
    ['src/ui/kit/x.tsx', `import { appRouter } from '../../api/root.ts';`, 'src/ui may not import src/api'],
    ['src/ui/kit/x.tsx', `export * from '../../server/db.ts';`, 'src/ui may not import src/server'],
    ['src/app/page.tsx', `import { createDb } from '@/server/db.ts';`, 'src/app may not import src/server'],
    ['src/proxy.ts', `import { createDb } from './server/db.ts';`, 'src may not import src/server'],
    ['workers/x.ts', `import { server } from '../src/api/deps.ts';`, 'workers may not import src/api'],
    ['src/server/x.ts', `const port = process.env.PORT;`, 'only src/server/env.ts'],
    ['src/server/x.ts', `const value: any = 1;`, 'the type any'],
    ['src/server/x.ts', `const value = input as any;`, 'the type any'],
    ['src/server/x.ts', `// @ts-ignore\nrun();`, 'silences the type checker'],
    ['src/server/utils.ts', '', 'a name that says nothing'],
    ['src/ui/common/button.tsx', '', 'a folder whose name says nothing'],
    ['tests/server/x.test.ts', '\n'.repeat(401), '401 lines'],
  ];
  it.each(caught)('%s: %s', (file, source, words) => {
    expect(breaches(file, source).join()).toContain(words);
  });

  const allowed: [string, string][] = [
    ['src/ui/kit/x.tsx', `import type { AppRouter } from '../../api/root.ts';`],
    ['src/ui/kit/x.tsx', `import { type AppRouter } from '../../api/root.ts';`],
    ['src/ui/charts/line.tsx', `import { LineChart } from '@tremor/react';`],
    [
      'src/server/x.ts',
      `// import { headers } from 'next/headers'; process.env and : any are only talked about\n/* @tremor/react */`,
    ],
    ['src/server/x.ts', `const text = 'uses : any and process words';`],
    ['src/server/env.ts', `export const source = process.env;`],
    ['src/proxy.ts', `import { readEnv } from './server/env.ts';`],
    ['src/domain/x.ts', `import { z } from 'zod';\nimport type { Money } from './money.ts';`],
  ];
  it.each(allowed)('and nobody else: %s: %s', (file, source) => {
    expect(breaches(file, source)).toEqual([]);
  });

  it('sees circles at run time, not those of types', () => {
    const two = new Map([
      ['src/domain/a.ts', `import { b } from './b.ts';`],
      ['src/domain/b.ts', `import { a } from './a.ts';`],
      ['src/domain/c.ts', `import type { D } from './d.ts';`],
      ['src/domain/d.ts', `import { c } from './c.ts';`],
    ]);
    expect(circles(two)).toEqual(['src/domain/a.ts → src/domain/b.ts']);
  });
});
