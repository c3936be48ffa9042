import Link from 'next/link';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

/** From one record back to the list it stands in, above the page's title. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="mb-2 inline-flex min-h-9 items-center gap-1 text-sm text-soft no-underline hover:text-ink"
    >
      <Icon name="back" size={16} />
      {children}
    </Link>
  );
}
