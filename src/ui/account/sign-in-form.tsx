'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icons.tsx';
import { TextField } from '../kit/text-field.tsx';
import { PasswordField } from './password-field.tsx';
import { LazyPuzzle } from './puzzle-again.tsx';
import { type SignInProblem, signIn } from './sign-in.ts';
import { TryWait } from './try-wait.tsx';
import { useWait } from './use-wait.ts';

const textOf = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
};

/** Works without script as an ordinary form; with it the page stays, and so does what was typed. */
export function SignInForm(props: { csrfToken: string; destination: string; problem: SignInProblem | null }) {
  const t = useTranslations('account.signIn');
  const [problem, setProblem] = useState(props.problem);
  const [pending, setPending] = useState(false);
  // Each puzzle is good for one try.
  const [tries, setTries] = useState(0);
  const [wantsCode, setWantsCode] = useState(asksForCode(props.problem));
  const wait = useWait(props.problem?.kind === 'wait' ? props.problem.seconds : 0);
  const form = useRef<HTMLFormElement>(null);

  async function submit(puzzle = '') {
    if (form.current === null) return;
    const data = new FormData(form.current);
    setPending(true);
    const typed = { email: textOf(data, 'email'), password: textOf(data, 'password') };
    const answer = await signIn({ ...typed, code: textOf(data, 'code'), puzzle }, props.destination);
    if (answer.ok) return window.location.assign(answer.url);
    setPending(false);
    setProblem(answer.problem);
    setTries(tries + 1);
    if (answer.problem.kind === 'wait') wait.start(answer.problem.seconds);
    if (asksForCode(answer.problem)) setWantsCode(true);
    // Only what may be wrong wants typing anew.
    const wrong = { wrong: 'password', codeWrong: 'code' }[String(answer.problem.kind)];
    const field = wrong === undefined ? null : form.current.elements.namedItem(wrong);
    if (field instanceof HTMLInputElement) field.select();
  }

  const alert = problem !== null && (problem.kind === 'wait' ? wait.left > 0 : problem.kind !== 'puzzle');
  return (
    <form
      ref={form}
      method="post"
      action="/api/auth/callback/credentials"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending && wait.left === 0) void submit();
      }}
    >
      <h1 className="text-title font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-6 text-soft">{t('lead')}</p>
      <input type="hidden" name="csrfToken" value={props.csrfToken} />
      <input type="hidden" name="callbackUrl" value={props.destination} />
      <div role="alert">
        {alert && (
          <p className={`mb-4 flex items-start gap-2 rounded-md px-3 py-2 ${groundOf(problem)}`}>
            <Icon name="attention" size={18} className="mt-0.5 shrink-0" />
            {t(problem.kind === 'puzzle' ? 'failed' : problem.kind)}
          </p>
        )}
      </div>
      <TryWait seconds={wait.left} />
      <div className="flex flex-col gap-3">
        <TextField
          name="email"
          type="email"
          label={t('email')}
          required
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          maxLength={254}
          autoFocus
          // Another address waits for nobody's tries but its own.
          onChange={() => wait.left > 0 && wait.start(0)}
        />
        <PasswordField
          name="password"
          label={t('password')}
          required
          autoComplete="current-password"
          maxLength={256}
        />
        {wantsCode && (
          <TextField
            name="code"
            label={t('codeLabel')}
            hint={t('codeHint')}
            required
            autoComplete="one-time-code"
            autoCapitalize="none"
            maxLength={40}
            autoFocus
          />
        )}
      </div>
      {problem?.kind === 'puzzle' && (
        <>
          <LazyPuzzle key={tries} onSolved={(puzzle) => void submit(puzzle)} />
          <noscript>
            <p className="mt-3 text-danger">{t('puzzleNeedsScript')}</p>
          </noscript>
        </>
      )}
      <div className="mt-3">
        <Button type="submit" wide loading={pending} disabled={wait.left > 0}>
          {t('submit')}
        </Button>
      </div>
      <p className="mt-4 text-center">
        <Link href="/forgot-password" prefetch={false} className="text-accent underline">
          {t('forgot')}
        </Link>
      </p>
      <p className="mt-3 text-center text-soft">
        {t('newHere')}{' '}
        <a
          href={`/register?${new URLSearchParams({ callbackUrl: props.destination })}`}
          className="font-semibold text-accent underline"
        >
          {t('register')}
        </a>
      </p>
    </form>
  );
}

const asksForCode = (problem: SignInProblem | null): boolean =>
  problem?.kind === 'code' || problem?.kind === 'codeWrong';

/** That a code is still to come is no failure. */
const groundOf = (problem: SignInProblem): string =>
  problem.kind === 'code' ? 'bg-accent-soft text-ink' : 'bg-danger-soft text-danger';
