import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appRouter } from '../../src/api/root.ts';
import { actions } from '../../src/domain/access/policy.ts';
import { handlers } from '../security/declared-handlers.ts';

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

  test('every route handler is on the list that says who may come in through it', () => {
    const app = join(import.meta.dirname, '../../src/app');
    const files = (readdirSync(app, { recursive: true }) as string[]).filter((file) =>
      /(^|\/)route\.tsx?$/.test(file),
    );
    // A new one? Write it into tests/security/declared-handlers.ts.
    expect(files.filter((file) => !(file in handlers))).toEqual([]);
    expect(Object.keys(handlers).filter((file) => !files.includes(file))).toEqual([]);
  });
});
