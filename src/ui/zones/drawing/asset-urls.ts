import { getAssetUrls } from '@tldraw/assets/selfHosted';
import './own-host-only.ts';

/** Fonts of words on a drawing: from this house, like everything on its pages. */
export const assetUrls = { fonts: getAssetUrls({ baseUrl: '/tldraw' }).fonts };
