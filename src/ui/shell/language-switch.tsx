'use client';

import { useTranslations } from 'next-intl';
import { localeNames, locales } from '../../i18n/locales.ts';
import { useLanguage } from './use-language.ts';

/** Shows the other language: with two of them a menu would be a detour. */
export function LanguageSwitch() {
  const t = useTranslations('shell');
  const { locale, pending, choose } = useLanguage();
  const others = locales.filter((other) => other !== locale);
  return others.map((other) => (
    <button
      key={other}
      type="button"
      disabled={pending}
      onClick={() => choose(other)}
      className="kit-control kit-square shrink-0 cursor-pointer rounded-md border border-transparent bg-transparent px-2 text-sm font-semibold text-soft hover:bg-hover hover:text-ink disabled:opacity-55"
    >
      {other.toUpperCase()}
      <span className="sr-only">
        , {t('language')}:{' '}
        {/* Only heard: its letters are no reason to fetch a font that nothing else on the page needs. */}
        <span lang={other} className="[font-family:system-ui]">
          {localeNames[other]}
        </span>
      </span>
    </button>
  ));
}
