/** What the page about one's own account is made with, of staff and clients alike. */
import { type OwnAccount, type OwnSecurity, readOwnSecurity } from '../server/access/account.ts';
import { listOwnSessions } from '../server/access/own-sessions.ts';
import { type QuickReturn, quickReturns } from '../server/access/pin.ts';
import { onBehalfOf } from '../server/deps.ts';
import { cookies } from 'next/headers';
import { server } from './deps.ts';
import { anyCaller, pageAccount, pageClinic } from './page.ts';
import { deviceCookieName } from './session-cookie.ts';

export interface OwnAccountPage {
  account: OwnAccount;
  security: OwnSecurity;
  presence: Awaited<ReturnType<typeof listOwnSessions>>;
  /** Whether this account must have a second factor and has none. */
  needsFactor: boolean;
  /** IANA zone of the clinic. */
  zone: string;
}

/** Throws where nobody is signed in: the page has asked before. */
export async function ownAccountPage(): Promise<OwnAccountPage> {
  const [{ actor, session }, { deps }, account, { timeZone }] = await Promise.all([
    anyCaller(),
    server(),
    pageAccount(),
    pageClinic(),
  ]);
  if (!session) throw new Error('an account is read where nobody is signed in');
  const own = onBehalfOf(deps, actor);
  const signed = { accountId: session.accountId, sessionId: session.id };
  const security = await readOwnSecurity(own, actor, session.accountId);
  const presence = await listOwnSessions(own, actor, signed);
  return { account, security, presence, needsFactor: session.factor !== 'fine', zone: timeZone };
}

/** Who may come back to this device by PIN. */
export async function pageQuickReturns(): Promise<QuickReturn[]> {
  const { deps, env } = await server();
  return quickReturns(deps, (await cookies()).get(deviceCookieName(env.APP_URL))?.value ?? null);
}

const dayMs = 86_400_000;

/** Whole days until a second factor is overdue; null where none is missing, or its time is over: then a page of its own says so. */
export async function factorDaysLeft(): Promise<number | null> {
  const [{ session }, { deps }] = await Promise.all([anyCaller(), server()]);
  if (session?.factor !== 'due' || !session.factorDueAt) return null;
  return Math.max(0, Math.floor((session.factorDueAt.getTime() - deps.now().getTime()) / dayMs));
}
