/** Ends the session on the server, then starts afresh at the sign-in page: nothing of the old one stays in memory. */
export async function signOut(): Promise<void> {
  const token = await fetch('/api/auth/csrf', { headers: { accept: 'application/json' } });
  const body: unknown = await token.json();
  if (typeof body !== 'object' || body === null || !('csrfToken' in body)) throw new Error('no token');
  const answer = await fetch('/api/auth/signout', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken: String(body.csrfToken), callbackUrl: '/sign-in', json: 'true' }),
  });
  if (!answer.ok) throw new Error('not signed out');
  window.location.assign('/sign-in');
}
