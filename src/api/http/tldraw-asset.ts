/** GET /tldraw/fonts/<name>: the editor's fonts for words on a drawing, from the package they come in. A fixed list: no name is a path. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const faces: Readonly<Record<string, readonly string[]>> = {
  IBMPlexMono: ['Medium', 'MediumItalic', 'Bold', 'BoldItalic'],
  IBMPlexSans: ['Medium', 'MediumItalic', 'Bold', 'BoldItalic'],
  IBMPlexSerif: ['Medium', 'MediumItalic', 'Bold', 'BoldItalic'],
  'Shantell_Sans-Informal': ['Regular', 'Regular_Italic', 'Bold', 'Bold_Italic'],
};
const joinedBy = (family: string): string => (family.startsWith('Shantell') ? '_' : '-');

export const servedFonts: ReadonlySet<string> = new Set(
  Object.entries(faces).flatMap(([family, cuts]) =>
    cuts.map((cut) => `${family}${joinedBy(family)}${cut}.woff2`),
  ),
);

/** They never change within a version of the package. */
const headers = { 'content-type': 'font/woff2', 'cache-control': 'public, max-age=31536000, immutable' };

export async function handleTldrawAsset(file: readonly string[]): Promise<Response> {
  const [folder, name, ...more] = file;
  if (folder !== 'fonts' || name === undefined || more.length > 0 || !servedFonts.has(name))
    return new Response('Not found\n', { status: 404, headers: { 'content-type': 'text/plain' } });
  const bytes = await readFile(path.join(process.cwd(), 'node_modules/@tldraw/assets/fonts', name));
  return new Response(new Uint8Array(bytes), { headers });
}
