import { Fragment } from 'react';

/** Keys as they are named on the keyboard: "Ctrl K". */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {keys.map((key, index) => (
        <Fragment key={key}>
          {index > 0 && ' '}
          <kbd className="rounded-sm border border-line bg-sunken px-1.5 font-sans text-xs text-soft">
            {key}
          </kbd>
        </Fragment>
      ))}
    </span>
  );
}
