'use client';

import { type ReactNode, useId } from 'react';

/** A few answers side by side, each a thumb wide; on its second press an answer that may be left open goes again. */
export function ChoiceRow<T extends string>(props: {
  label: ReactNode;
  options: readonly { value: T; label: string; mark?: ReactNode }[];
  value: T | null;
  onChange: (value: T | null) => void;
  /** Whether none may be chosen. */
  optional?: boolean;
}) {
  const id = useId();
  return (
    <div>
      <p id={id} className="mb-1 text-sm font-medium">
        {props.label}
      </p>
      <div role="group" aria-labelledby={id} className="flex flex-wrap gap-1">
        {props.options.map(({ value, label, mark }) => (
          <button
            key={value}
            type="button"
            aria-pressed={props.value === value}
            onClick={() => {
              if (props.value !== value) props.onChange(value);
              else if (props.optional) props.onChange(null);
            }}
            className={`inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-md border px-2.5 text-sm ${
              props.value === value
                ? 'border-accent bg-accent-soft font-medium text-accent'
                : 'border-line bg-surface text-ink hover:border-line-strong hover:bg-hover'
            }`}
          >
            {mark}
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}
