'use client';

import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '../../api/root.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { EmptyState } from '../kit/states.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { useDeviceName } from './device-name.ts';

type Block = inferRouterOutputs<AppRouter>['security']['blocks'][number];

/** What they change by themselves while somebody looks. */
const readAgainMs = 30_000;

/** Sign-ins held back by too many tries, and letting them in again. */
export function SecurityPage({ zone }: { zone: string }) {
  const t = useTranslations('access');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const blocks = useQuery(trpc.security.blocks.queryOptions(undefined, { refetchInterval: readAgainMs }));
  const staff = useQuery(trpc.people.staff.queryOptions());
  const colleagues = new Set(staff.data?.accounts.map(({ id }) => id));
  const release = useMutation(
    trpc.security.releaseBlock.mutationOptions({
      onSuccess: () => void toast(t('released')),
      onError: (error) => void toast(problemText(error), { tone: 'danger' }),
      onSettled: () => queries.invalidateQueries(trpc.security.pathFilter()),
    }),
  );
  return (
    <div className="max-w-[58rem]">
      <PageHeader title={t('securityTitle')} lead={t('securityLead')} />
      <Section title={t('blocks')}>
        <Answered query={blocks} shape="list" backHref="/today">
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState icon="check" title={t('blocksNone')} text={t('blocksNoneText')} />
            ) : (
              <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
                {rows.map((block) => (
                  <BlockRow
                    key={block.key}
                    block={block}
                    zone={zone}
                    isColleague={colleagues.has(block.account?.id ?? '')}
                    pending={release.isPending && release.variables.key === block.key}
                    onRelease={() => release.mutate({ key: block.key })}
                  />
                ))}
              </ul>
            )
          }
        </Answered>
      </Section>
    </div>
  );
}

function BlockRow(props: {
  block: Block;
  zone: string;
  /** Whose account stands among the people; a client's belongs to a card. */
  isColleague: boolean;
  pending: boolean;
  onRelease: () => void;
}) {
  const t = useTranslations('access');
  const format = useFormat();
  const { block, zone } = props;
  const until = format.dayTime(block.until, zone);
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
      <span className="min-w-44 flex-1">
        <span className="block font-medium">
          <Subject block={block} isColleague={props.isColleague} />
        </span>
        <span className="block text-sm text-soft" data-tabular>
          {t(`blockKind.${block.kind}`)} · {t(`blockDoor.${block.door}`)} ·{' '}
          {t('blockTries', { count: block.count, at: format.dayTime(block.lastAt, zone) })}
        </span>
      </span>
      <StatusMark tone={block.isStopped ? 'danger' : 'attention'}>
        {block.isStopped ? t('blockStopped', { until }) : t('blockWaits', { until })}
      </StatusMark>
      <Button size="xs" variant="default" loading={props.pending} onClick={props.onRelease}>
        {t('release')}
      </Button>
    </li>
  );
}

function Subject({ block, isColleague }: { block: Block; isColleague: boolean }) {
  const t = useTranslations('access');
  const deviceName = useDeviceName();
  const name = block.account === null ? null : `${block.account.name} · ${block.account.email}`;
  const href = block.account && hrefOf(block.account, isColleague);
  if (href !== null)
    return (
      <Link href={href} className="text-ink underline-offset-4 hover:underline">
        {name}
      </Link>
    );
  if (name !== null) return name;
  if (block.kind === 'network') return block.network ?? t('blockUnknownNetwork');
  if (block.kind === 'device') return deviceName(block.userAgent);
  return t('blockUnknownAccount');
}

/** Where that account is looked after; null where this reader can't. */
function hrefOf({ id, clientId }: NonNullable<Block['account']>, isColleague: boolean): string | null {
  if (isColleague) return `/settings/people/accounts/${id}`;
  return clientId === null ? null : `/clients/${clientId}/account`;
}
