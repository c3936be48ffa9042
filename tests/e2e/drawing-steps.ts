/** What people do on a drawing: open one, place marks where the paper is, read what the page says of it. */
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import superjson from 'superjson';
import type { AppRouter } from '../../src/api/root.ts';
import type { TemplateKey } from '../../src/domain/scheme/template-key.ts';

type Inputs = inferRouterInputs<AppRouter>['drawings'];
type Outputs = inferRouterOutputs<AppRouter>;

const origin = (): string => process.env.E2E_BASE_URL ?? 'http://localhost:3190';

async function send(context: BrowserContext, procedure: string, input: unknown): Promise<unknown> {
  const answer = await context.request.post(`${origin()}/api/trpc/${procedure}`, {
    headers: { origin: origin(), 'accept-encoding': 'identity' },
    data: superjson.serialize(input),
  });
  const result = Object(Object(await answer.json()).result).data;
  if (result === undefined) throw new Error(`${procedure} was refused`);
  return superjson.deserialize(result);
}

/** A draft in the card of somebody the signed-in specialist may draw for; there is one for each template, and it is empty. */
export async function openDraft(
  context: BrowserContext,
  name: string,
  templateKey: TemplateKey,
): Promise<string> {
  const wire = encodeURIComponent(JSON.stringify(superjson.serialize({ search: name })));
  const answer = await context.request.get(`${origin()}/api/trpc/clients.search?input=${wire}`);
  const found = superjson.deserialize(Object(Object(await answer.json()).result).data);
  const [client] = found as Outputs['clients']['search'];
  if (!client) throw new Error(`nobody is called ${name}`);
  const input: Inputs['open'] = {
    clientId: client.clientId,
    visitId: null,
    backdrop: { kind: 'template', templateKey },
    title: '',
    underSchemeId: null,
  };
  const open = () => send(context, 'drawings.open', input) as Promise<Outputs['drawings']['open']>;
  const { schemeId, isNew } = await open();
  if (isNew) return schemeId;
  // One that an earlier run left behind.
  await send(context, 'drawings.cancel', { schemeId });
  return (await open()).schemeId;
}

/** What the code on the specialist's screen holds; whoever was shown one before has to ask anew. */
export async function invited(context: BrowserContext, schemeId: string): Promise<string> {
  const made = (await send(context, 'drawings.invite', { schemeId })) as Outputs['drawings']['invite'];
  return made.inviteToken;
}

export async function openPaper(page: Page, schemeId: string): Promise<void> {
  await page.goto(`/drawings/${schemeId}`);
  await expect(paperOf(page)).toBeVisible({ timeout: 60_000 });
  await expect(saved(page)).toBeVisible();
}

export const paperOf = (page: Page): Locator => page.locator('.drawing-canvas .tl-canvas[data-testid]');
export const saved = (page: Page): Locator => page.locator('[data-state="saved"]');
export const totals = (page: Page): Locator => page.locator('[data-totals]');

/** A place on the paper, in parts of what is seen of it. */
export async function at(page: Page, across: number, down: number): Promise<{ x: number; y: number }> {
  const box = await paperOf(page).boundingBox();
  if (!box) throw new Error('no paper is to be seen');
  return { x: box.x + box.width * across, y: box.y + box.height * down };
}

export async function inject(page: Page, across: number, down: number): Promise<void> {
  const { x, y } = await at(page, across, down);
  await page.keyboard.press('i');
  await page.mouse.click(x, y);
}

export async function stroke(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const [start, end] = [await at(page, ...from), await at(page, ...to)];
  await page.keyboard.press('d');
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, start.y + 12, { steps: 5 });
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
}

/** Strokes of the pen that the page shows. */
export const strokes = (page: Page): Locator => page.locator('[data-shape-type="draw"]');
