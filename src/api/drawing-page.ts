/** What the drawing's page is made with; it asks for itself who is looking. */
import { cache } from 'react';
import { can } from '../domain/access/policy.ts';
import { isId } from '../domain/ids.ts';
import { readScheme, type SchemeForEditor } from '../server/schemes/queries.ts';
import { editorLicense } from './editor-license.ts';
import { pageCaller, pageDeps, turnedAway } from './page.ts';

export interface DrawingOnPage {
  scheme: SchemeForEditor;
  /** Of the editor, which shows who made it where there is none. */
  licenseKey: string | null;
  /** Whose strokes a device keeps while there is no network. */
  accountId: string;
}

/** The scheme behind an address, as far as this account may see it; null says no more than that. Answers others than staff with "forbidden". */
export const drawingPage = cache(async (schemeId: string): Promise<DrawingOnPage | null> => {
  const { actor, session } = await pageCaller();
  if (session === null || !can(actor, 'scheme.list')) return turnedAway();
  if (!isId(schemeId)) return null;
  const deps = await pageDeps();
  const read = await readScheme(deps.db, actor, schemeId, deps.now());
  return read.ok
    ? { scheme: read.value, licenseKey: await editorLicense(), accountId: session.accountId }
    : null;
});
