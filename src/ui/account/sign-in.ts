export type SignInAnswer =
  | { ok: true; url: string }
  | { ok: false; problem: 'wrong' | 'busy' | 'failed' | 'offline' };

const textOf = (body: unknown, key: string): string | null => {
  if (typeof body !== 'object' || body === null) return null;
  const value = Object.entries(body).find(([name]) => name === key)?.[1] as unknown;
  return typeof value === 'string' ? value : null;
};

/** Signs in without leaving the page, so that a typing error costs one correction and not the whole form. */
export async function signIn(email: string, password: string, destination: string): Promise<SignInAnswer> {
  try {
    const asked = await fetch('/api/auth/csrf');
    if (asked.status === 503) return { ok: false, problem: 'busy' };
    const token = textOf(await asked.json(), 'csrfToken');
    if (token === null) return { ok: false, problem: 'failed' };
    const answer = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        csrfToken: token,
        email,
        password,
        callbackUrl: destination,
        json: 'true',
      }),
    });
    if (answer.status === 503) return { ok: false, problem: 'busy' };
    const url = textOf(await answer.json(), 'url');
    if (answer.ok && url !== null) return { ok: true, url };
    return { ok: false, problem: answer.status === 401 ? 'wrong' : 'failed' };
  } catch {
    return { ok: false, problem: navigator.onLine ? 'failed' : 'offline' };
  }
}
