/** What a page may ask about its own request, once per request however many parts of it ask. */
import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import { type OwnAccount, readOwnAccount } from '../server/access/account.ts';
import { type ClinicIdentity, readClinicIdentity } from '../server/clinic/identity.ts';
import { type Deps, onBehalfOf } from '../server/deps.ts';
import { noteRefused } from '../server/trail/note.ts';
import { type Caller, identify } from './auth.ts';
import { server } from './deps.ts';

/** Who looks, whatever is still missing of their account: for the doors, one's own account and the frame around pages. */
export const anyCaller = cache(async (): Promise<Caller> => {
  const { deps, env } = await server();
  return identify(deps, env, (await headers()).get('cookie'));
});

/** Who looks at this page, from the session's row. An account whose second factor is overdue is led to where it is set up. */
export const pageCaller = cache(async (): Promise<Caller> => {
  const caller = await anyCaller();
  if (caller.session?.factor === 'overdue') redirect('/second-factor');
  return caller;
});

/** What the page is made from, on behalf of who looks at it. */
export const pageDeps = cache(async (): Promise<Deps> => {
  const [{ actor }, { deps }] = await Promise.all([pageCaller(), server()]);
  return onBehalfOf(deps, actor);
});

/** Answers with "forbidden", and notes who asked for what. */
export async function turnedAway(): Promise<never> {
  const path = (await headers()).get('x-page-path') ?? '/';
  if ((await anyCaller()).session) await noteRefused((await pageDeps()).db, path.split('?')[0] ?? path);
  return forbidden();
}

export const pageClinic = cache(
  async (): Promise<ClinicIdentity> => readClinicIdentity((await server()).deps.db),
);

/** The account of who is signed in. Throws where nobody is: the page has asked before. */
export const pageAccount = cache(async (): Promise<OwnAccount> => {
  const [{ actor, session }, { deps }] = await Promise.all([anyCaller(), server()]);
  if (!session) throw new Error('an account is read where nobody is signed in');
  return readOwnAccount(onBehalfOf(deps, actor).db, actor, session.accountId, deps.now());
});

/** Leads whoever isn't signed in to the sign-in page, and back here afterwards. */
export async function signedIn(): Promise<Caller> {
  const caller = await pageCaller();
  return caller.session === null ? redirect(await signInHref()) : caller;
}

/** The sign-in page that leads back here. */
export async function signInHref(): Promise<string> {
  const path = (await headers()).get('x-page-path') ?? '/';
  return `/sign-in?${new URLSearchParams({ callbackUrl: path })}`;
}
