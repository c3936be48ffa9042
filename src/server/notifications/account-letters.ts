/** What the owner of an account is written about how it is entered: the link to a new password, and what was changed. */
import { resetLifeMinutes } from '../../domain/account.ts';
import { readUserAgent } from '../../domain/user-agent.ts';
import { makeReset } from '../access/recovery.ts';
import { readClinicIdentity } from '../clinic/identity.ts';
import { transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import type { JobPayload } from '../queue.ts';
import { type Draft, leave, localeOf } from './compose.ts';
import { type Letter, write } from './letter.ts';
import type { Outside } from './outside.ts';
import { fill, type MailLocale, type MailWords, whenIn, wordsIn } from './words.ts';

interface Addressee {
  email: string;
  name: string;
  locale: string | null;
}

/** About no visit and no card: it concerns the account alone. */
async function compose(
  tx: Tx,
  to: Addressee,
  letterIn: (
    words: MailWords,
    locale: MailLocale,
  ) => Pick<Letter, 'subject' | 'lead' | 'action' | 'notes'> & Partial<Pick<Letter, 'facts'>>,
): Promise<Omit<Draft, 'sendKey' | 'kind'>> {
  const clinic = await tx.clinic.findFirstOrThrow({ select: { name: true, defaultLocale: true } });
  const locale = localeOf(to.locale ?? clinic.defaultLocale);
  const words = wordsIn(locale);
  const greeting = fill(words.greeting, { name: to.name });
  const letter = write({ greeting, facts: [], sender: [clinic.name], ...letterIn(words, locale) });
  return {
    recipient: to.email,
    locale,
    subject: letter.subject,
    bodyText: letter.text,
    bodyHtml: letter.html,
    calendarFile: null,
    appointmentId: null,
    appointmentVersion: null,
    clientId: null,
    reason: null,
  };
}

/** The token stands behind the `#`: browsers keep that to themselves, so it is in no server's log. */
export const resetUrl = (appUrl: string, token: string): string => `${appUrl}/reset-password#${token}`;

/** `send-reset`: makes the token, keeps its hash and writes the message, once however often it runs. */
export async function sendReset(deps: Deps, outside: Outside, job: JobPayload<'send-reset'>): Promise<void> {
  await transact(deps.db, async (tx) => {
    const reset = await makeReset(tx, job, deps.now());
    if (reset === null) return;
    const draft = await compose(tx, reset, ({ reset: words }) => ({
      subject: words.subject,
      lead: words.lead,
      action: { label: words.action, url: resetUrl(outside.appUrl, reset.token) },
      notes: [fill(words.life, { minutes: resetLifeMinutes }), words.ignore],
    }));
    await leave(tx, deps, { ...draft, sendKey: `reset:${job.resetId}`, kind: 'password_reset' });
  });
  deps.announcer.announce();
}

/** `notify-account`: says what was changed, and what to do if it was somebody else. Once for its id. */
export async function notifyAccount(
  deps: Deps,
  outside: Outside,
  job: JobPayload<'notify-account'>,
): Promise<void> {
  await transact(deps.db, async (tx) => {
    const account = await tx.account.findUnique({ where: { id: job.accountId } });
    // An address nobody has proven may be a stranger's.
    if (!account?.emailVerifiedAt) return;
    const draft = await compose(tx, account, ({ accountNotice: words }) => ({
      ...words[job.kind],
      action: { label: words.action, url: `${outside.appUrl}/forgot-password` },
      notes: [words.notYou],
    }));
    await leave(tx, deps, { ...draft, sendKey: `account:${job.noticeId}`, kind: job.kind });
  });
  deps.announcer.announce();
}

/**
 * `notify-sign-in`: tells the owner that somebody signed in on a device the account wasn't known on, when and with which browser. Once
 * for the session. Where it was from isn't told: an address says little to people and is wrong behind proxies.
 */
export async function notifySignIn(
  deps: Deps,
  outside: Outside,
  { sessionId }: JobPayload<'notify-sign-in'>,
): Promise<void> {
  const { timeZone } = await readClinicIdentity(deps.db);
  await transact(deps.db, async (tx) => {
    const session = await tx.session.findUnique({ where: { id: sessionId }, include: { account: true } });
    if (!session?.account.emailVerifiedAt) return;
    const { browser, system } = readUserAgent(session.userAgent);
    const at = session.createdAt.getTime();
    const draft = await compose(tx, session.account, ({ newDevice, fact, accountNotice }, locale) => ({
      subject: newDevice.subject,
      lead: newDevice.lead,
      facts: [
        { label: fact.when, value: whenIn(locale, at, timeZone, deps.now().getTime()) },
        { label: newDevice.device, value: [browser, system].filter(Boolean).join(', ') || newDevice.unknown },
      ],
      action: { label: accountNotice.action, url: `${outside.appUrl}/forgot-password` },
      notes: [accountNotice.notYou],
    }));
    await leave(tx, deps, { ...draft, sendKey: `sign-in:${sessionId}`, kind: 'new_device' });
  });
  deps.announcer.announce();
}
