'use client';

import { Button } from '@mantine/core';
import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '../../api/root.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { PersonMark } from '../kit/person-mark.tsx';
import { Section } from '../kit/section.tsx';
import { useIsOpen } from '../shell/open-sections.tsx';

type Specialists = inferRouterOutputs<AppRouter>['catalogue']['service']['specialists'];

const personClass =
  'flex min-h-11 items-center gap-2 rounded-md border border-line px-3 py-1 text-ink no-underline';

function Person({ person, currency }: { person: Specialists[number]; currency: string }) {
  const t = useTranslations('catalogue');
  const { money } = useFormat();
  return (
    <>
      <PersonMark name={person.name} hue={person.hue} size={28} />
      <span>{person.name}</span>
      <span className="text-sm text-soft" data-tabular suppressHydrationWarning>
        {[
          person.minutes === null ? null : t('minutes', { minutes: person.minutes }),
          person.priceMinor === null ? null : money(person.priceMinor, currency),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </span>
    </>
  );
}

export function WhoDoesIt({ specialists, currency }: { specialists: Specialists; currency: string }) {
  const t = useTranslations('catalogue');
  const mayOpen = useIsOpen('people');
  return (
    <Section
      title={t('who')}
      lead={specialists.length === 0 ? t('whoNobody') : t('whoLead')}
      actions={
        mayOpen && (
          <Button component={Link} href="/settings/people" size="xs" variant="default">
            {t('whoLink')}
          </Button>
        )
      }
    >
      <ul className="flex flex-wrap gap-2">
        {specialists.map((person) => (
          <li key={person.id}>
            {mayOpen ? (
              <Link href={`/settings/people/${person.id}`} className={`${personClass} hover:bg-hover`}>
                <Person person={person} currency={currency} />
              </Link>
            ) : (
              <span className={personClass}>
                <Person person={person} currency={currency} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
