'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useFormat } from '../../../i18n/use-format.ts';
import { Section } from '../../kit/section.tsx';
import { StatusMark } from '../../kit/status-mark.tsx';
import { finishedHref } from '../card/address.ts';
import type { Revision } from './types.ts';

const hashShown = 12;

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-3 py-1">
      <dt className="w-24 shrink-0 text-sm text-soft">{label}</dt>
      <dd className="min-w-0 flex-1 break-words">{children}</dd>
    </div>
  );
}

/** Who finished what and when, by which it can be told apart from any other, and the revisions it had. */
export function Facts(props: { revision: Revision; template: string; zone: string; newest: number }) {
  const t = useTranslations('zones.finished');
  const format = useFormat();
  const { revision, zone } = props;
  return (
    <Section title={t('record')}>
      <dl>
        <Fact label={t('finished')}>{format.dayTime(revision.finishedAt, zone)}</Fact>
        {revision.finishedBy !== null && <Fact label={t('person')}>{revision.finishedBy}</Fact>}
        <Fact label={t('drawnOn')}>{props.template}</Fact>
        <Fact label={t('hash')}>
          <code className="font-sans text-sm tracking-wide" title={t('hashText')} data-tabular>
            {revision.hash.slice(0, hashShown)}
          </code>
        </Fact>
      </dl>
      {revision.revisions.length > 1 && (
        <nav aria-label={t('revisions')} className="mt-3 border-t border-line pt-3" data-print="hide">
          <h3 className="mb-1 text-sm font-medium text-soft">{t('revisions')}</h3>
          <ul>
            {revision.revisions.map((each) => {
              const isHere = each.number === revision.number;
              const isNewest = each.number === props.newest;
              return (
                <li key={each.number}>
                  <Link
                    href={finishedHref(revision.schemeId, isNewest ? null : each.number)}
                    aria-current={isHere ? 'page' : undefined}
                    className={`-mx-2 flex min-h-11 flex-wrap items-center gap-x-3 rounded-md px-2 py-1.5 text-ink no-underline hover:bg-hover ${isHere ? 'bg-accent-soft' : ''}`}
                  >
                    <span className="min-w-0 flex-1">
                      {t('revision', { number: each.number })}
                      <span className="block text-sm text-soft">
                        {format.dayTime(each.finishedAt, zone)}
                        {each.finishedBy !== null && `, ${each.finishedBy}`}
                      </span>
                    </span>
                    {isNewest && <StatusMark tone="settled">{t('newest')}</StatusMark>}
                  </Link>
                </li>
              );
            })}
          </ul>
        </nav>
      )}
    </Section>
  );
}
