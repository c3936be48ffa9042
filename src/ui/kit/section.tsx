import { type ReactNode, useId } from 'react';

/** A group with its own heading; `card` puts it on a surface of its own. */
export function Section(props: {
  title?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  card?: boolean;
  children: ReactNode;
}) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={props.title === undefined ? undefined : titleId}
      className={props.card === false ? '' : 'rounded-md border border-line bg-surface p-4'}
    >
      {(props.title !== undefined || props.actions !== undefined) && (
        <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0">
            <h2 id={titleId} className="text-base font-semibold">
              {props.title}
            </h2>
            {props.lead !== undefined && <p className="max-w-prose text-sm text-soft">{props.lead}</p>}
          </div>
          {props.actions}
        </div>
      )}
      {props.children}
    </section>
  );
}
