import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Icon } from '../../kit/icons.tsx';

/** The way to one's drawings; stands only where some are shared. */
export function DrawingsLink({ count }: { count: number }) {
  const t = useTranslations('zones.portal');
  if (count === 0) return null;
  return (
    <Link
      href="/me/drawings"
      className="mb-6 flex min-h-16 items-center gap-3 rounded-md border border-line bg-surface px-4 py-3 text-ink no-underline hover:border-line-strong hover:bg-hover"
    >
      <Icon name="edit" className="shrink-0 text-accent" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{t('link')}</span>
        <span className="block text-sm text-soft">{t('linkText')}</span>
      </span>
      <Icon name="chevronRight" size={18} className="shrink-0 text-soft" />
    </Link>
  );
}
