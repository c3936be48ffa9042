import { getAssetUrls } from '@tldraw/assets/selfHosted';

/** Fonts of words on a drawing: from this house, like everything on its pages. */
export const assetUrls = { fonts: getAssetUrls({ baseUrl: '/tldraw' }).fonts };
