import type { AbstractIntlMessages } from 'next-intl';
import type { AppLocale } from './locales.ts';

// One file per area and language; the file's name is the namespace. A new area is a new pair of files.
// The whole module is asked for: naming the export would be lost where the bundler shortens export names.
const files = import.meta.glob<{ default: AbstractIntlMessages }>('../messages/*/*.json');

/** All areas of one language: `{ shell: {…}, portal: {…}, … }`. */
export async function loadMessages(locale: AppLocale): Promise<Record<string, AbstractIntlMessages>> {
  const prefix = `../messages/${locale}/`;
  const areas = Object.entries(files).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(
    await Promise.all(
      areas.map(async ([path, load]) => {
        const area = path.slice(prefix.length, -'.json'.length);
        return [area, (await load()).default] as const;
      }),
    ),
  );
}
