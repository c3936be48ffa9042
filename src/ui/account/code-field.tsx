'use client';

import type { ComponentProps } from 'react';
import { TextField } from '../kit/text-field.tsx';

/** A code of an authenticator, or a recovery code: phones offer the former by themselves. */
export function CodeField(props: Omit<ComponentProps<typeof TextField>, 'type'>) {
  return (
    <TextField
      {...props}
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      required
    />
  );
}
