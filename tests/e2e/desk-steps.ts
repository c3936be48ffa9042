/** What the desk does besides clicking: books by the API what a test then moves by hand. */
import { randomUUID } from 'node:crypto';
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import superjson from 'superjson';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../src/api/root.ts';
import { addDays, localDateOf } from '../../src/domain/zone.ts';

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;

export const zone = 'Europe/Berlin';
export const today = (): string => localDateOf(Date.now(), zone);
export const inDays = (days: number): string => addDays(today(), days);
export const clock = (ms: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(ms);

const origin = (): string => process.env.E2E_BASE_URL ?? 'http://localhost:3190';

/** The API as the browser of this context may use it. */
export class DeskApi {
  readonly #context: BrowserContext;
  constructor(context: BrowserContext) {
    this.#context = context;
  }

  async #read(procedure: string, input: unknown): Promise<unknown> {
    const wire = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
    const answer = await this.#context.request.get(`${origin()}/api/trpc/${procedure}?input=${wire}`, {
      headers: { 'accept-encoding': 'identity' },
    });
    return unwrap(procedure, await answer.json());
  }

  async #send(procedure: string, input: unknown): Promise<unknown> {
    const answer = await this.#context.request.post(`${origin()}/api/trpc/${procedure}`, {
      headers: { origin: origin(), 'accept-encoding': 'identity' },
      data: superjson.serialize(input),
    });
    return unwrap(procedure, await answer.json());
  }

  desk = () => this.#read('booking.desk', undefined) as Promise<Outputs['booking']['desk']>;
  starts = (input: Inputs['booking']['starts']) =>
    this.#read('booking.starts', input) as Promise<Outputs['booking']['starts']>;
  detail = (appointmentId: string) =>
    this.#read('booking.detail', { appointmentId }) as Promise<Outputs['booking']['detail']>;
  clients = (search: string) =>
    this.#read('clients.search', { search }) as Promise<Outputs['clients']['search']>;
  newClient = async (firstName: string, lastName: string): Promise<void> => {
    await this.#send('clients.create', { firstName, lastName, idempotencyKey: randomUUID() });
  };
  create = (input: Inputs['booking']['create']) =>
    this.#send('booking.create', input) as Promise<Outputs['booking']['create']>;
  /** A colleague who can sign in at once; for who signed in a moment ago. */
  newColleague = async (person: { name: string; email: string; password: string }): Promise<void> => {
    const { roles } = (await this.#read('people.staff', undefined)) as Outputs['people']['staff'];
    const roleIds = roles.filter(({ key }) => key === 'receptionist').map(({ id }) => id);
    await this.#send('people.createStaff', { ...person, roleIds });
  };
  /** What was written to an address, the latest first. */
  lettersTo = async (search: string): Promise<Outputs['messages']['open'][]> => {
    const { messages } = (await this.#read('messages.list', { search })) as Outputs['messages']['list'];
    const open = ({ messageId }: { messageId: string }) => this.#read('messages.open', { messageId });
    return Promise.all(messages.map(open)) as Promise<Outputs['messages']['open'][]>;
  };
}

function unwrap(procedure: string, body: unknown): unknown {
  const result = Object(Object(body).result).data;
  if (result === undefined) throw new Error(`${procedure}: ${JSON.stringify(body).slice(0, 400)}`);
  return superjson.deserialize(result);
}

export interface Booked {
  appointmentId: string;
  clientName: string;
  specialistId: string;
  specialistName: string;
  startsAt: number;
  endsAt: number;
  date: string;
  /** Other starts of the same specialist on that day at which the visit fits too. */
  elsewhere: number[];
}

/** A service of the seeded clinic that needs nothing special: no technique, no device, several people do it. */
const plainService = 'Skin consultation';

/** The card that most tests book for. */
const usualClient = 'Becker';

/** Books a visit on a day some time ahead that leaves the specialist other free starts. */
export async function bookAhead(
  api: DeskApi,
  fromDays: number,
  { wantedElsewhere = 3, clientName = usualClient } = {},
): Promise<Booked> {
  const desk = await api.desk();
  const service = desk.services.find(({ name }) => name.startsWith(plainService));
  const [client] = await api.clients(clientName);
  const [location] = desk.locations;
  if (!service || !client || !location) throw new Error('the seeded clinic is another than expected');
  for (const specialistId of service.specialistIds) {
    const items = [{ serviceId: service.id, techniqueIds: [], specialistId }];
    const { starts } = await api.starts({
      locationId: location.id,
      items,
      fromDate: inDays(fromDays),
      days: 14,
    });
    const minutes = service.minutes;
    const days = Map.groupBy(starts, ({ startsAt }) => localDateOf(startsAt, zone));
    for (const [date, ofDay] of days) {
      const [first] = ofDay;
      // The quarter of an hour after it must be free too: some tests make the visit longer.
      if (!first || !ofDay.some(({ startsAt }) => startsAt === first.startsAt + 15 * 60_000)) continue;
      const elsewhere = ofDay
        .map(({ startsAt }) => startsAt)
        .filter((startsAt) => startsAt >= first.startsAt + 2 * minutes * 60_000);
      if (elsewhere.length < wantedElsewhere) continue;
      const view = await api.create({
        locationId: location.id,
        items,
        startsAt: first.startsAt,
        clientId: client.clientId,
        idempotencyKey: randomUUID(),
      });
      return {
        appointmentId: view.appointmentId,
        clientName: `${client.firstName} ${client.lastName}`,
        specialistId,
        specialistName: desk.specialists.find(({ id }) => id === specialistId)?.name ?? '',
        startsAt: view.startsAt,
        endsAt: view.endsAt,
        date,
        elsewhere,
      };
    }
  }
  throw new Error('nobody has enough free time');
}

/** Another visit of the same specialist on the same day, at that start. */
export async function bookBeside(api: DeskApi, visit: Booked, startsAt: number): Promise<void> {
  const desk = await api.desk();
  const service = desk.services.find(({ name }) => name.startsWith(plainService));
  const [other] = await api.clients(usualClient);
  const [location] = desk.locations;
  if (!service || !other || !location) throw new Error('the seeded clinic is another than expected');
  await api.create({
    locationId: location.id,
    items: [{ serviceId: service.id, techniqueIds: [], specialistId: visit.specialistId }],
    startsAt,
    clientId: other.clientId,
    idempotencyKey: randomUUID(),
  });
}

/** The quarters of an hour of today where the clinic stands: those to come, then those gone, the nearest to now first. */
function quartersOfToday(): number[] {
  const quarter = 15 * 60_000;
  const now = Math.floor(Date.now() / quarter) * quarter;
  const aDay = 96;
  return Array.from({ length: 2 * aDay + 1 }, (_, index) => now + (index - aDay) * quarter)
    .filter((startsAt) => localDateOf(startsAt, zone) === today())
    .toSorted((a, b) => Number(a < now) - Number(b < now) || Math.abs(a - now) - Math.abs(b - now));
}

/** A visit of that specialist at the next free quarter of an hour of today, or the last one gone late at night; hours don't count. */
export async function bookNow(
  api: DeskApi,
  specialistName: string,
  clientName = usualClient,
): Promise<string> {
  const desk = await api.desk();
  const specialist = desk.specialists.find(({ name }) => name === specialistName);
  const service = desk.services.find(({ name }) => name.startsWith(plainService));
  const [client] = await api.clients(clientName);
  const [location] = desk.locations;
  if (!specialist || !service || !client || !location)
    throw new Error('the seeded clinic is another than expected');
  let refusal: unknown;
  for (const startsAt of quartersOfToday()) {
    try {
      const made = await api.create({
        locationId: location.id,
        items: [{ serviceId: service.id, techniqueIds: [], specialistId: specialist.id }],
        startsAt,
        clientId: client.clientId,
        overrideReason: 'Came in without an appointment',
        idempotencyKey: randomUUID(),
      });
      return made.appointmentId;
    } catch (error) {
      refusal = error;
    }
  }
  throw new Error('no quarter of an hour of today was free', { cause: refusal });
}

export const blockOf = (page: Page, visit: Pick<Booked, 'appointmentId'>): Locator =>
  page.locator(`[data-visit="${visit.appointmentId}"]`);

/** One specialist's day on the grid, loaded. */
export async function openDay(page: Page, visit: Booked, base = ''): Promise<void> {
  await page.goto(`${base}/calendar?date=${visit.date}&who=${visit.specialistId}`);
  await expect(blockOf(page, visit)).toBeVisible({ timeout: 20_000 });
}

export const pixelsPerMinute = 1.4;

/**
 * Takes a block with the mouse, moves it that far in steps and lets it go, as a hand does, that watches where the block
 * would fall: near an edge the grid scrolls under it.
 */
export async function dragBy(page: Page, block: Locator, minutes: number, edge: 'middle' | 'end' = 'middle') {
  await block.scrollIntoViewIfNeeded();
  const box = await block.boundingBox();
  const grid = await page.locator('[data-grid]').boundingBox();
  if (!box || !grid) throw new Error('the block is not to be seen');
  const x = box.x + box.width / 2;
  const from = edge === 'end' ? box.y + box.height - 3 : box.y + Math.min(10, box.height / 2);
  const inGrid = (at: number) => Math.max(grid.y + 2, Math.min(grid.y + grid.height - 2, at));
  await page.mouse.move(x, from);
  await page.mouse.down();
  const steps = 12;
  let y = from;
  for (let step = 1; step <= steps; step++) {
    y = inGrid(from + (minutes * pixelsPerMinute * step) / steps);
    await page.mouse.move(x, y);
    await page.waitForTimeout(16);
  }
  const ghost = page.locator('[data-ghost]');
  await expect(async () => {
    const [at, fall] = [await block.boundingBox(), await ghost.boundingBox()];
    if (!at || !fall) throw new Error('nothing is being dragged');
    const moved = edge === 'end' ? fall.height - at.height : fall.y - at.y;
    const missing = minutes * pixelsPerMinute - moved;
    const isThere = Math.abs(missing) < 3;
    if (!isThere) {
      y = inGrid(y + missing);
      await page.mouse.move(x, y);
    }
    expect(isThere).toBe(true);
  }).toPass({ intervals: [60] });
  await page.mouse.up();
}
