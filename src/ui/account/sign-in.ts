export type SignInProblem =
  | { kind: 'wrong' | 'busy' | 'failed' | 'offline' | 'cookiesOff' }
  /** Nothing was looked at: tried too often. */
  | { kind: 'wait'; seconds: number }
  /** A puzzle belongs with it. */
  | { kind: 'puzzle' }
  /** The password is right; the code of the second factor is still to come, or was wrong. */
  | { kind: 'code' | 'codeWrong' };

export type SignInAnswer = { ok: true; url: string } | { ok: false; problem: SignInProblem };

const words: Readonly<Record<string, SignInProblem>> = {
  CredentialsSignin: { kind: 'wrong' },
  captcha_needed: { kind: 'puzzle' },
  second_factor_asked: { kind: 'code' },
  code_wrong: { kind: 'codeWrong' },
};

/** What the sign-in library's one word says: in the address after a form without script, in its answer with script. */
export function problemOf(word: string | null): SignInProblem {
  const seconds = /^wait\.(\d{1,9})$/.exec(word ?? '')?.[1];
  if (seconds !== undefined) return { kind: 'wait', seconds: Number(seconds) };
  return words[word ?? ''] ?? { kind: 'failed' };
}

const textOf = (body: unknown, key: string): string | null => {
  if (typeof body !== 'object' || body === null) return null;
  const value = Object.entries(body).find(([name]) => name === key)?.[1] as unknown;
  return typeof value === 'string' ? value : null;
};

const refused = (problem: SignInProblem): SignInAnswer => ({ ok: false, problem });

/** Signs in without leaving the page, so that a typing error costs one correction and not the whole form. */
export async function signIn(
  typed: { email: string; password: string; code: string; puzzle: string },
  destination: string,
): Promise<SignInAnswer> {
  try {
    const asked = await fetch('/api/auth/csrf');
    if (asked.status === 503) return refused({ kind: 'busy' });
    const csrfToken = textOf(await asked.json(), 'csrfToken');
    if (csrfToken === null) return refused({ kind: 'failed' });
    const answer = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...typed, csrfToken, callbackUrl: destination, json: 'true' }),
    });
    if (answer.status === 503) return refused({ kind: 'busy' });
    const url = textOf(await answer.json(), 'url');
    if (answer.ok && url !== null) return { ok: true, url };
    if (answer.status !== 401 || url === null) return refused({ kind: 'failed' });
    return refused(problemOf(new URL(url, window.location.href).searchParams.get('error')));
  } catch {
    return refused({ kind: navigator.onLine ? 'failed' : 'offline' });
  }
}
