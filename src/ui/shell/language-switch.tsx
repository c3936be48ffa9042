'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { localeNames, locales } from '../../i18n/locales.ts';
import { useLanguage } from './use-language.ts';

/** Shows the other language by its own name: with two languages a menu would be a detour. */
export function LanguageSwitch() {
  const t = useTranslations('shell');
  const { locale, pending, choose } = useLanguage();
  const others = locales.filter((other) => other !== locale);
  return others.map((other) => (
    <Button
      key={other}
      variant="subtle"
      color="gray"
      px="xs"
      lang={other}
      loading={pending}
      aria-label={`${t('language')}: ${localeNames[other]}`}
      onClick={() => choose(other)}
    >
      {other.toUpperCase()}
    </Button>
  ));
}
