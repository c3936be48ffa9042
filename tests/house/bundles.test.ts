/** What browsers are given holds no secret, no word of the server, and no map back to the source. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const build = path.join(root, process.env.NEXT_DIST_DIR || '.next-test');
const served = path.join(build, 'static');
let files: { name: string; text: string }[];

beforeAll(() => {
  files = readdirSync(served, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const name = path.join(entry.parentPath, entry.name);
      return { name: path.relative(served, name), text: readFileSync(name, 'utf8') };
    });
});

const holding = (what: RegExp | string) =>
  files
    .filter(({ text }) => (typeof what === 'string' ? text.includes(what) : what.test(text)))
    .map(({ name }) => name);

describe('the files that browsers are given', () => {
  it('are there', () => expect(files.filter(({ name }) => name.endsWith('.js')).length).toBeGreaterThan(10));

  it('hold no source maps, and point at none', () => {
    // The bundler leaves an empty one beside a file that it takes over as it is.
    const tells = /"(sources|sections|sourcesContent)":\s*\[\s*[^\]\s]/;
    expect(files.filter(({ name, text }) => name.endsWith('.map') && tells.test(text))).toEqual([]);
    expect(holding(/sourceMappingURL=/)).toEqual([]);
  });

  it.each([
    'MASTER_KEY',
    'NEXTAUTH_SECRET',
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'SMTP_URL',
    'postgres://',
    'dermis_app',
    'set_config(',
    'INSERT INTO',
    'audit_entry',
    'pgboss',
    'argon2',
    '@dermis.test',
  ])('know nothing of %s', (word) => expect(holding(word)).toEqual([]));

  it('say nothing of where they were made', () => expect(holding(root)).toEqual([]));
});

/** Manifests of one page's own, and those all pages share, that name one of these files. */
function naming(names: readonly string[]): string[] {
  const files = names.map((name) => path.basename(name));
  return readdirSync(build, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /manifest\.(json|js)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const text = readFileSync(file, 'utf8');
      return files.some((name) => text.includes(name));
    })
    .map((file) => path.relative(build, file))
    .sort();
}

describe('what drawings are made with', () => {
  const drawingPages = ['drawings/[schemeId]', 'join/[token]'];

  it.each([
    ['the editor', 'tl-canvas'],
    ['the shared document', 'Yjs was already imported'],
  ])('%s is loaded where somebody draws, and with no page at once', (_what, tell) => {
    const scripts = holding(tell).filter((name) => name.endsWith('.js'));
    expect(scripts).not.toEqual([]);
    expect(naming(scripts)).toEqual(
      drawingPages.map((page) => `server/app/(drawing)/${page}/page/react-loadable-manifest.json`),
    );
  });
});
