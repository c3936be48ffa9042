'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import type { TodayFailure } from './types.ts';

/** Messages that reached nobody: somebody may stand before a closed door because of them. */
export function Failures({ failures, zone }: { failures: readonly TodayFailure[]; zone: string }) {
  const t = useTranslations('today');
  const format = useFormat();
  return (
    <Section
      title={t('failures')}
      actions={
        failures.length > 0 && (
          <Button component={Link} href="/messages" variant="subtle" size="compact-sm">
            {t('openMessages')}
          </Button>
        )
      }
    >
      {failures.length === 0 ? (
        <p className="text-soft">{t('failuresEmpty')}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {failures.map((failure) => (
            <li key={failure.id} className="flex items-start gap-2">
              <Icon name="attention" size={18} className="mt-0.5 shrink-0 text-danger" />
              <span className="min-w-0">
                <span className="block truncate">
                  {failure.clientName === null
                    ? failure.subject
                    : t('failureOf', { subject: failure.subject, name: failure.clientName })}
                </span>
                <span className="block text-sm text-soft">{format.dayTime(failure.at, zone)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
