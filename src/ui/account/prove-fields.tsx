'use client';

import { useTranslations } from 'next-intl';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { fieldProblemsOf, refusalOf } from '../trpc/refusal.ts';
import { CodeField } from './code-field.tsx';
import { PasswordField } from './password-field.tsx';

export interface Proof {
  password: string;
  code: string;
}

export const noProof: Proof = { password: '', code: '' };

/** Whether the second factor is what is still missing, or what was wrong. */
export const asksForCode = (error: unknown): boolean =>
  refusalOf(error)?.code === 'second_factor_asked' ||
  fieldProblemsOf(error).some(({ path }) => path === 'code');

/** The password; and, once it is right and more is needed, the code of the second factor. */
export function ProveFields(props: {
  typed: Proof;
  onType: (typed: Proof) => void;
  error: unknown;
  wantsCode: boolean;
}) {
  const t = useTranslations('shell.prove');
  const problem = useProblemText();
  const { typed, onType, error, wantsCode } = props;
  const errors = useFieldErrors()(error);
  const isSaid = Boolean(errors.password ?? errors.code) || refusalOf(error)?.code === 'second_factor_asked';
  return (
    <div className="flex flex-col gap-2">
      <PasswordField
        name="password"
        label={t('password')}
        value={typed.password}
        onChange={(event) => onType({ ...typed, password: event.currentTarget.value })}
        error={errors.password}
        autoComplete="current-password"
        required
        autoFocus
      />
      {wantsCode && (
        <CodeField
          label={t('code')}
          hint={t('codeHint')}
          value={typed.code}
          onChange={(event) => onType({ ...typed, code: event.currentTarget.value })}
          error={errors.code}
          autoFocus
        />
      )}
      {error !== null && !isSaid && (
        <p role="alert" className="text-danger">
          {problem(error)}
        </p>
      )}
    </div>
  );
}
