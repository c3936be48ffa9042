'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useFormat } from '../../../i18n/use-format.ts';
import { isMark } from '../../../domain/scheme/marks.ts';
import { BackLink } from '../../kit/back-link.tsx';
import { PageHeader } from '../../kit/page-header.tsx';
import { Section } from '../../kit/section.tsx';
import { StatusMark } from '../../kit/status-mark.tsx';
import { useLive } from '../../live/use-live.ts';
import { useTRPC } from '../../trpc/client.ts';
import { drawingsHref, editorHref, finishedHref } from '../card/address.ts';
import { useDrawingWords } from '../card/words.ts';
import { Changes } from './changes.tsx';
import { FinishedActions } from './finished-actions.tsx';
import { Marks } from './marks.tsx';
import { Picture } from './picture.tsx';
import { Facts } from './facts.tsx';
import { Sharing } from './sharing.tsx';
import { Totals } from './totals.tsx';
import type { ClientOfDrawing, Revision } from './types.ts';

/** A finished drawing: the picture, what was given, and what can be done with it. Nothing is drawn here. */
export function FinishedPage(props: {
  /** Null: the newest. */
  number: number | null;
  client: ClientOfDrawing;
  start: Revision;
  zone: string;
}) {
  const t = useTranslations('zones.finished');
  const words = useDrawingWords();
  const format = useFormat();
  const api = useTRPC();
  const queries = useQueryClient();
  const { number, client, zone } = props;
  const { schemeId } = props.start;
  const { data: revision } = useQuery(
    api.drawings.revision.queryOptions({ schemeId, number }, { initialData: props.start, staleTime: 30_000 }),
  );
  useLive('client', (events) => {
    if (events === null || events.some(({ entityId }) => entityId === client.clientId))
      void queries.invalidateQueries({ queryKey: api.drawings.revision.queryKey({ schemeId, number }) });
  });
  const [shownId, setShownId] = useState<string | null>(null);

  const template = words.template({
    templateKey: revision.backdrop.kind === 'template' ? revision.backdrop.templateKey : null,
    title: revision.backdrop.kind === 'picture' ? revision.backdrop.title : '',
  });
  const given = revision.revisions.at(-1)?.finishedAt ?? revision.finishedAt;
  const newest = revision.revisions[0]?.number ?? revision.number;
  const hues = new Map(
    revision.records.flatMap((record) =>
      isMark(record) && 'given' in record.props && record.props.given !== null
        ? [[record.props.given.productId, record.props.hue] as const]
        : [],
    ),
  );
  const lots = [
    ...new Map(
      revision.marks.flatMap(({ lotId, lotNumber, expiresOn }) =>
        lotId === null || lotNumber === null
          ? []
          : [[lotId, { lotId, number: lotNumber, expiresOn: expiresOn ?? '' }] as const],
      ),
    ).values(),
  ];
  return (
    <>
      <span data-print="hide">
        <BackLink href={drawingsHref(client.clientId)}>{t('toAll', { name: client.name })}</BackLink>
      </span>
      <PageHeader
        title={t('title', { template, date: format.date(given, zone) })}
        lead={
          <>
            <span className="hidden print:block">{client.name}</span>
            {revision.title !== '' && revision.title !== template && (
              <span className="block text-ink">{revision.title}</span>
            )}
            {t('by', { when: format.dayTime(revision.finishedAt, zone), name: revision.finishedBy ?? '—' })}
            {newest > 1 && ` · ${t('revisionOf', { number: revision.number, count: newest })}`}
          </>
        }
        actions={
          <FinishedActions revision={revision} client={client} isNewest={revision.number === newest} />
        }
      />
      {revision.number < newest ? (
        <Note>
          {t('older')}{' '}
          <Link href={finishedHref(schemeId)} className="font-medium text-ink underline underline-offset-2">
            {t('toNewest')}
          </Link>
        </Note>
      ) : (
        revision.status === 'draft' && (
          <Note>
            {t('correcting')}{' '}
            {revision.canDraw && (
              <Link href={editorHref(schemeId)} className="font-medium text-ink underline underline-offset-2">
                {t('toEditor')}
              </Link>
            )}
          </Note>
        )
      )}
      {/* On a phone one column: the picture, what was given, what changed, and what is looked up seldom last. */}
      <div className="flex flex-col gap-6 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
        <div className="contents min-w-0 flex-col gap-6 lg:flex">
          <div className="order-1">
            <Picture revision={revision} template={template} zone={zone} shownId={shownId} />
          </div>
          {revision.difference !== null && (
            <div className="order-3">
              <Changes revision={revision} />
            </div>
          )}
          <div className="order-4">
            <Section title={t('marks')}>
              <Marks revision={revision} shownId={shownId} onShow={setShownId} />
            </Section>
          </div>
        </div>
        <div className="contents min-w-0 flex-col gap-6 lg:sticky lg:top-20 lg:flex">
          <div className="order-2">
            <Section title={t('given')}>
              <Totals lines={revision.totals} lots={lots} hueOf={(productId) => hues.get(productId) ?? 1} />
            </Section>
          </div>
          <div className="order-5">
            <Sharing revision={revision} client={client} />
          </div>
          <div className="order-6">
            <Facts revision={revision} template={template} zone={zone} newest={newest} />
          </div>
        </div>
      </div>
    </>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p className="mb-6 flex max-w-prose flex-wrap items-center gap-2" data-print="hide">
      <StatusMark tone="attention" icon="history">
        {children}
      </StatusMark>
    </p>
  );
}
