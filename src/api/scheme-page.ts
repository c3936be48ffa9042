/** What the pages about drawings are made with; each asks for itself who is looking. */
import { cache } from 'react';
import { fullName } from '../domain/contact.ts';
import { isId } from '../domain/ids.ts';
import { listSchemes, type SchemeListed } from '../server/schemes/queries.ts';
import {
  type OwnScheme,
  type OwnSchemeView,
  listOwnSchemes,
  readOwnScheme,
} from '../server/schemes/portal.ts';
import { accessTo } from '../server/schemes/read.ts';
import { readRevision, type RevisionView } from '../server/schemes/revisions.ts';
import { cardRights, pageCard } from './client-page.ts';
import { pageCaller, pageDeps, turnedAway } from './page.ts';

export interface DrawingsOnPage {
  schemes: SchemeListed[];
  canDraw: boolean;
}

export interface DrawingsPage {
  client: { clientId: string; name: string; hasAccount: boolean };
  drawings: DrawingsOnPage;
}

/** The drawings on a card; null where this account sees the card and not what is drawn in it. */
export const drawingsOnCard = cache(async (clientId: string): Promise<DrawingsOnPage | null> => {
  const [{ actor }, { db }] = await Promise.all([pageCaller(), pageDeps()]);
  const access = await accessTo(db, actor, clientId);
  if (access === null || access === 'none') return null;
  const listed = await listSchemes(db, actor, clientId);
  return listed.ok ? listed.value : null;
});

/** The drawings of the card behind an address; null where there is none to see. Answers with "forbidden" who is no staff, or sees the card alone. */
export const pageDrawings = cache(async (clientId: string): Promise<DrawingsPage | null> => {
  await cardRights();
  const card = (await pageCard(clientId))?.card;
  if (card === undefined) return null;
  const client = { clientId: card.clientId, name: fullName(card), hasAccount: card.account !== null };
  const drawings = await drawingsOnCard(card.clientId);
  return drawings === null ? turnedAway() : { client, drawings };
});

export interface FinishedOnPage {
  client: { clientId: string; name: string; hasAccount: boolean };
  revision: RevisionView;
}

/** A finished drawing, the newest revision where no number is given, for staff who may read it; null says no more than that. */
export const pageFinished = cache(
  async (schemeId: string, number: number | null): Promise<FinishedOnPage | null> => {
    const { actor } = await pageCaller();
    if (actor.kind !== 'staff') return turnedAway();
    if (!isId(schemeId)) return null;
    const read = await readRevision((await pageDeps()).db, actor, { schemeId, number });
    const card = read.ok ? (await pageCard(read.value.clientId))?.card : undefined;
    if (!read.ok || card === undefined) return null;
    const client = { clientId: card.clientId, name: fullName(card), hasAccount: card.account !== null };
    return { client, revision: read.value };
  },
);

/** How many drawings are shared with who is looking; none where it is no client. */
export async function sharedDrawings(): Promise<number> {
  const { actor } = await pageCaller();
  return actor.kind === 'client' ? (await portalDrawings()).length : 0;
}

/** What was shared with the client who is looking. Answers others with "forbidden". */
export const portalDrawings = cache(async (): Promise<OwnScheme[]> => {
  const { actor } = await pageCaller();
  if (actor.kind !== 'client') return turnedAway();
  return (await listOwnSchemes((await pageDeps()).db, actor)).schemes;
});

/** One of them; null where nothing of that address is shared with who is looking. Answers others with "forbidden". */
export const portalDrawing = cache(async (schemeId: string): Promise<OwnSchemeView | null> => {
  const { actor } = await pageCaller();
  if (actor.kind !== 'client') return turnedAway();
  if (!isId(schemeId)) return null;
  const read = await readOwnScheme((await pageDeps()).db, actor, schemeId);
  return read.ok ? read.value : null;
});
