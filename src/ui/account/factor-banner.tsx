import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';

/** A line above every page of whoever must have a second factor and has none yet. Made on the server: its words are no page's own. */
export function FactorBanner({ daysLeft }: { daysLeft: number | null }) {
  const t = useTranslations('account.factor');
  if (daysLeft === null) return null;
  return (
    <p
      data-print="hide"
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-attention-soft px-3 py-2 text-sm text-attention"
    >
      <Icon name="shield" size={18} className="shrink-0" />
      <span className="min-w-0">{t('banner', { days: daysLeft })}</span>
      <Link
        href="/second-factor?callbackUrl=/account"
        className="inline-flex min-h-6 items-center font-semibold underline"
      >
        {t('setUp')}
      </Link>
    </p>
  );
}
