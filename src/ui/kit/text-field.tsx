'use client';
'use no memo';

import { type ComponentProps, type ReactNode, useId } from 'react';

interface FieldFrame {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
}

const box =
  'kit-control w-full rounded-md border bg-surface px-3 text-base text-ink placeholder:text-soft disabled:opacity-60';
const border = (error: ReactNode): string => (error ? 'border-danger' : 'border-line-strong');

function Frame(props: FieldFrame & { id: string; required?: boolean; children: ReactNode }) {
  return (
    <div>
      <label htmlFor={props.id} className="mb-1 block text-sm font-medium">
        {props.label}
        {props.required === true && (
          <span aria-hidden="true" className="text-danger">
            {' '}
            *
          </span>
        )}
      </label>
      {props.hint !== undefined && (
        <p id={`${props.id}-hint`} className="mb-1 text-sm text-soft">
          {props.hint}
        </p>
      )}
      {props.children}
      <p id={`${props.id}-error`} role={props.error ? 'alert' : undefined} className="text-sm text-danger">
        {props.error ? <span className="mt-1 block">{props.error}</span> : null}
      </p>
    </div>
  );
}

const described = (id: string, { hint, error }: Partial<FieldFrame>): string | undefined =>
  [hint === undefined ? null : `${id}-hint`, error ? `${id}-error` : null].filter(Boolean).join(' ') ||
  undefined;

/** One line of text: the label above, the complaint below, tied together for screen readers. */
export function TextField({
  label,
  hint,
  error,
  ...rest
}: FieldFrame & Omit<ComponentProps<'input'>, 'className'>) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <Frame id={id} label={label} hint={hint} error={error} required={rest.required}>
      <input
        type="text"
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, { hint, error })}
        className={`${box} ${border(error)}`}
      />
    </Frame>
  );
}

/** Several lines of text. */
export function TextAreaField({
  label,
  hint,
  error,
  ...rest
}: FieldFrame & Omit<ComponentProps<'textarea'>, 'className'>) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <Frame id={id} label={label} hint={hint} error={error} required={rest.required}>
      <textarea
        rows={3}
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, { hint, error })}
        className={`${box} py-2 ${border(error)}`}
      />
    </Frame>
  );
}

/** A yes or no, or one of several with `type="radio"`: the whole row is the target. */
export function CheckField({
  label,
  hint,
  error,
  ...rest
}: FieldFrame & Omit<ComponentProps<'input'>, 'className'>) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <div>
      <label htmlFor={id} className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          {...rest}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={described(id, { error })}
          className="size-5 shrink-0 cursor-pointer accent-(--accent)"
        />
        <span className="min-w-0">
          {label}
          {hint !== undefined && <span className="block text-sm text-soft">{hint}</span>}
        </span>
      </label>
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-sm text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}
