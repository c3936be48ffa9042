'use no memo';

import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

interface ChoiceProps {
  title: ReactNode;
  detail?: ReactNode;
  /** Price, minutes: what is compared stands at the right. */
  aside?: ReactNode;
  mark?: ReactNode;
  onChoose: () => void;
  /** Where the answer leads as a page of its own: a press counts before the script that hears it has come. */
  address?: string;
  disabled?: boolean;
}

/** A big answer to one question, a whole thumb wide. Several stand in a list. */
export function Choice({ title, detail, aside, mark, onChoose, address, disabled = false }: ChoiceProps) {
  const button = (
    <button
      {...(address === undefined ? { type: 'button', onClick: onChoose } : { type: 'submit' })}
      disabled={disabled}
      className="flex min-h-16 w-full cursor-pointer items-center gap-3 rounded-md border border-line bg-surface px-4 py-3 text-left text-ink hover:border-line-strong hover:bg-hover disabled:cursor-not-allowed disabled:opacity-60"
    >
      {mark}
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        {detail !== undefined && <span className="block text-sm text-soft">{detail}</span>}
      </span>
      {aside !== undefined && <span className="shrink-0 text-right text-sm">{aside}</span>}
      <Icon name="chevronRight" size={18} className="shrink-0 text-soft" />
    </button>
  );
  if (address === undefined) return button;
  const [path, query] = address.split('?');
  return (
    <form
      action={path}
      onSubmit={(event) => {
        event.preventDefault();
        onChoose();
      }}
    >
      {[...new URLSearchParams(query)].map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {button}
    </form>
  );
}
