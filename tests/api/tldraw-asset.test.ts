/** The editor's fonts come from this house: every one its list of addresses names, and nothing that isn't a font of it. */
import { getAssetUrls } from '@tldraw/assets/selfHosted';
import { describe, expect, test } from 'vitest';
import { handleTldrawAsset } from '../../src/api/http/tldraw-asset.ts';

const wanted = Object.values(getAssetUrls({ baseUrl: '/tldraw' }).fonts).map((address) => String(address));

describe('fonts of the drawing', () => {
  test('each one the editor asks for is there and may be kept', async () => {
    expect(wanted.length).toBeGreaterThan(10);
    for (const address of wanted) {
      const answer = await handleTldrawAsset(address.split('?')[0]?.split('/').slice(2) ?? []);
      expect([address, answer.status]).toEqual([address, 200]);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect(new TextDecoder().decode(bytes.slice(0, 4))).toBe('wOF2');
    }
  });

  test.each([
    [[]],
    [['fonts']],
    [['fonts', '..', 'package.json']],
    [['fonts', '../package.json']],
    [['fonts', 'IBMPlexSans-Medium.woff2', 'x']],
    [['fonts', '__proto__']],
    [['icons', 'IBMPlexSans-Medium.woff2']],
    [['package.json']],
  ])('nothing else: %j', async (file) => {
    expect((await handleTldrawAsset(file)).status).toBe(404);
  });
});
