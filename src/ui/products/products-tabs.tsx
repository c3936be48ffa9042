'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';

const places = [
  { key: 'tabProducts', href: '/settings/products' },
  { key: 'tabTemplates', href: '/settings/products/templates' },
] as const;

/** What is drawn with, or on: two pages of one section, each with its own address. */
export function ProductsTabs({ current }: { current: (typeof places)[number]['key'] }) {
  const t = useTranslations('products');
  return (
    <nav aria-label={t('tabs')} className="mb-4 flex gap-1 border-b border-line">
      {places.map(({ key, href }) => (
        <Link
          key={key}
          href={href}
          aria-current={key === current ? 'page' : undefined}
          className={`-mb-px inline-flex min-h-11 items-center border-b-2 px-3 no-underline ${
            key === current
              ? 'border-accent font-medium text-accent'
              : 'border-transparent text-soft hover:text-ink'
          }`}
        >
          {t(key)}
        </Link>
      ))}
    </nav>
  );
}
