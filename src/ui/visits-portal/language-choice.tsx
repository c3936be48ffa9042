'use client';
'use no memo';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { localeNames, locales } from '../../i18n/locales.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { CheckField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { useLanguage } from '../shell/use-language.ts';
import { useTRPC } from '../trpc/client.ts';
import type { OwnAccount } from './own-account.ts';

/** The language of these pages and of the clinic's messages. */
export function LanguageChoice({ account }: { account: OwnAccount }) {
  const t = useTranslations('visits.me');
  const api = useTRPC();
  const problem = useProblemText();
  const { locale, choose } = useLanguage();
  const update = useMutation(api.account.update.mutationOptions({ networkMode: 'always' }));
  const { firstName, lastName, phone } = account;
  return (
    <fieldset>
      <legend className="sr-only">{t('language')}</legend>
      {locales.map((each) => (
        <CheckField
          key={each}
          type="radio"
          name="language"
          lang={each}
          label={localeNames[each]}
          checked={each === locale}
          onChange={() =>
            update.mutate(
              { firstName, lastName, phone, locale: each },
              {
                onSuccess: () => choose(each),
                onError: (error) => toast(problem(error), { tone: 'danger' }),
              },
            )
          }
        />
      ))}
    </fieldset>
  );
}
