import { useTranslations } from 'next-intl';

export const contentId = 'content';

/** The first thing the Tab key meets. */
export function SkipLink() {
  const t = useTranslations('shell');
  return (
    <a
      href={`#${contentId}`}
      className="sr-only z-50 rounded-md bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      {t('skipToContent')}
    </a>
  );
}
