export const locales = ['en', 'ru'] as const;
export type AppLocale = (typeof locales)[number];
export const defaultLocale: AppLocale = 'en';
export const localeCookie = 'locale';

/** How each language names itself; never translated. */
export const localeNames: Record<AppLocale, string> = { en: 'English', ru: 'Русский' };

export const isAppLocale = (value: unknown): value is AppLocale => locales.some((locale) => locale === value);

/** The first language of an Accept-Language header that exists here, by the header's weights. */
export function localeFromHeader(header: string | null): AppLocale | undefined {
  if (header === null) return undefined;
  const wishes = header.split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
    return { language: tag.trim().split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
  });
  return wishes
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map((wish) => wish.language)
    .find(isAppLocale);
}
