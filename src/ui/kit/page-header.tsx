import type { ReactNode } from 'react';

/** The top of a page: one title, what it means in a line, and at most one primary action. */
export function PageHeader({
  title,
  lead,
  actions,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 tabIndex={-1} className="text-title font-semibold tracking-tight text-ink">
          {title}
        </h1>
        {lead !== undefined && <p className="mt-1 max-w-prose text-sm text-soft">{lead}</p>}
      </div>
      {actions !== undefined && (
        <div className="flex flex-wrap items-center gap-2" data-print="hide">
          {actions}
        </div>
      )}
    </header>
  );
}
