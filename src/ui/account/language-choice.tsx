'use client';

import { useTranslations } from 'next-intl';
import { localeNames, locales } from '../../i18n/locales.ts';
import { CheckField } from '../kit/text-field.tsx';
import { useLanguage } from '../shell/use-language.ts';

/** The language of these pages and of the clinic's messages. */
export function LanguageChoice() {
  const t = useTranslations('account.me');
  const { locale, pending, choose } = useLanguage();
  return (
    <fieldset disabled={pending}>
      <legend className="sr-only">{t('language')}</legend>
      <div className="flex flex-wrap gap-x-6">
        {locales.map((each) => (
          <CheckField
            key={each}
            type="radio"
            name="language"
            label={<span lang={each}>{localeNames[each]}</span>}
            checked={each === locale}
            onChange={() => choose(each)}
          />
        ))}
      </div>
    </fieldset>
  );
}
