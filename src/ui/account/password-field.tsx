'use client';

import { useTranslations } from 'next-intl';
import { type ComponentProps, useState } from 'react';
import { TextField } from '../kit/text-field.tsx';

/** A password that can be looked at while it is typed: on a phone that spares more errors than hiding it prevents. */
export function PasswordField(props: Omit<ComponentProps<typeof TextField>, 'type'>) {
  const t = useTranslations('shell.password');
  const [shown, setShown] = useState(false);
  return (
    <div>
      <TextField {...props} type={shown ? 'text' : 'password'} autoCapitalize="none" spellCheck={false} />
      <button
        type="button"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="inline-flex min-h-11 cursor-pointer items-center text-sm text-accent underline"
      >
        {t(shown ? 'hide' : 'show')}
      </button>
    </div>
  );
}
