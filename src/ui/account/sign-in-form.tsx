'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icons.tsx';
import { TextField } from '../kit/text-field.tsx';
import { PasswordField } from './password-field.tsx';
import { signIn } from './sign-in.ts';

const textOf = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
};

type Problem = 'wrong' | 'busy' | 'failed' | 'offline' | 'cookiesOff';

/** Works without script as an ordinary form; with it the page stays, and so does what was typed. */
export function SignInForm(props: { csrfToken: string; destination: string; problem: Problem | null }) {
  const t = useTranslations('account.signIn');
  const [problem, setProblem] = useState(props.problem);
  const [pending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function submit(data: FormData) {
    setPending(true);
    const answer = await signIn(textOf(data, 'email'), textOf(data, 'password'), props.destination);
    if (answer.ok) return window.location.assign(answer.url);
    setPending(false);
    setProblem(answer.problem);
    // Only what may be wrong wants typing anew.
    if (answer.problem !== 'wrong') return;
    const password = form.current?.elements.namedItem('password');
    if (password instanceof HTMLInputElement) password.select();
  }

  return (
    <form
      ref={form}
      method="post"
      action="/api/auth/callback/credentials"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void submit(new FormData(event.currentTarget));
      }}
    >
      <h1 className="text-title font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-6 text-soft">{t('lead')}</p>
      <input type="hidden" name="csrfToken" value={props.csrfToken} />
      <input type="hidden" name="callbackUrl" value={props.destination} />
      <div role="alert">
        {problem !== null && (
          <p className="mb-4 flex items-start gap-2 rounded-md bg-danger-soft px-3 py-2 text-danger">
            <Icon name="attention" size={18} className="mt-0.5 shrink-0" />
            {t(problem)}
          </p>
        )}
      </div>
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
        />
        <PasswordField
          name="password"
          label={t('password')}
          required
          autoComplete="current-password"
          maxLength={256}
        />
      </div>
      <div className="mt-3">
        <Button type="submit" wide loading={pending}>
          {t('submit')}
        </Button>
      </div>
      <p className="mt-5 text-center text-soft">
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
