import type { ReactNode } from 'react';

/** Pictures are kept on white paper: in the dark they stand on it too, a little dimmed, and what is drawn over them has the colours of light. */
export function Paper({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <span
      data-mantine-color-scheme="light"
      className={`block overflow-hidden rounded-md border border-line bg-surface text-line-strong dark:brightness-90 print:brightness-100 ${className}`}
    >
      {children}
    </span>
  );
}

/** The same for what has a frame of its own, as two pictures over each other. */
export const OnPaper = ({ children }: { children: ReactNode }) => (
  <div data-mantine-color-scheme="light" className="text-ink dark:brightness-90 print:brightness-100">
    {children}
  </div>
);
