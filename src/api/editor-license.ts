import { server } from './deps.ts';

/** Of the drawing's editor: its maker's key is made to be shown to browsers. Null: the editor says who made it. */
export const editorLicense = async (): Promise<string | null> =>
  (await server()).env.NEXT_PUBLIC_TLDRAW_LICENSE_KEY ?? null;
