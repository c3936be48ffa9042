import type { AbstractIntlMessages } from 'next-intl';
import type { AppLocale } from './locales.ts';

// One file per area and language; the file's name is the namespace. A new area is a new pair of files.
const files = import.meta.glob<AbstractIntlMessages>('../messages/*/*.json', { import: 'default' });

/** All areas of one language: `{ shell: {…}, portal: {…}, … }`. */
export async function loadMessages(locale: AppLocale): Promise<Record<string, AbstractIntlMessages>> {
  const prefix = `../messages/${locale}/`;
  const areas = Object.entries(files).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(
    await Promise.all(
      areas.map(async ([path, load]) => [path.slice(prefix.length, -'.json'.length), await load()] as const),
    ),
  );
}
