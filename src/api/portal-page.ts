/** What the clients' pages are made with; each asks for itself who is looking. */
import { cache } from 'react';
import { clientScope } from '../domain/access/client.ts';
import { type OwnVisit, readOwnVisits } from '../server/booking/queries.ts';
import { type PublicCatalogue, publicCatalogue } from '../server/catalogue/public.ts';
import { loadHouse } from '../server/house/load.ts';
import { server } from './deps.ts';
import { anyCaller, pageAccount, pageCaller, pageDeps } from './page.ts';

export const portalCatalogue = async (): Promise<PublicCatalogue> =>
  publicCatalogue((await server()).deps.db);

export type PortalVisitor =
  | { kind: 'nobody' }
  | { kind: 'staff' }
  | { kind: 'client'; firstName: string; email: string };

/** Who looks at a booking page, as far as it needs to know. */
export async function portalVisitor(): Promise<PortalVisitor> {
  const { session } = await anyCaller();
  if (!session) return { kind: 'nobody' };
  if (session.actor.kind !== 'client') return { kind: 'staff' };
  const { firstName, email } = await pageAccount();
  return { kind: 'client', firstName, email };
}

export interface VisitOnPage {
  visit: OwnVisit;
  phone: string | null;
  /** Until this instant, epoch milliseconds, its client may move or cancel it. */
  changeUntil: number;
  windowMinutes: number;
  /** Whether the policy, as of this request, still lets its client change it. */
  isOpen: boolean;
}

export interface VisitsOnPage {
  /** The next first. */
  coming: OwnVisit[];
  /** The latest first. */
  past: OwnVisit[];
}

const overStatuses = ['cancelled', 'declined', 'no_show', 'fulfilled'];

/** The visits of the client who is looking; null where it is no client. */
export const portalVisits = cache(async (): Promise<VisitsOnPage | null> => {
  const { actor } = await pageCaller();
  if (actor.kind !== 'client') return null;
  const deps = await pageDeps();
  const visits = await readOwnVisits(deps.db, clientScope(actor));
  const now = deps.now().getTime();
  const isComing = ({ endsAt, status }: OwnVisit): boolean => endsAt > now && !overStatuses.includes(status);
  return {
    coming: visits.filter(isComing).sort((a, b) => a.startsAt - b.startsAt),
    past: visits.filter((visit) => !isComing(visit)),
  };
});

/** One visit of the client who is looking; null where there is no such visit of theirs. */
export async function portalVisit(appointmentId: string): Promise<VisitOnPage | null> {
  const [visits, { deps }] = await Promise.all([portalVisits(), server()]);
  const visit =
    visits && [...visits.coming, ...visits.past].find((each) => each.appointmentId === appointmentId);
  if (!visit) return null;
  const house = await loadHouse(deps.db);
  const windowMinutes = house.clinic?.policy.cancelWindowMinutes ?? 0;
  const changeUntil = visit.startsAt - windowMinutes * 60_000;
  return {
    visit,
    phone: house.locations.get(visit.locationId)?.phone ?? null,
    changeUntil,
    windowMinutes,
    isOpen: deps.now().getTime() < changeUntil,
  };
}
