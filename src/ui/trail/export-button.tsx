'use client';

import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';
import { toast } from '../kit/toasts.ts';
import { useProvenDownload } from '../kit/use-proven-download.ts';
import { useTRPC } from '../trpc/client.ts';
import { filterOf, type TrailAddress } from './address.ts';

const fileHref = (address: TrailAddress): string => {
  const given = Object.entries(filterOf(address)).flatMap(([key, value]): [string, string][] =>
    value === null ? [] : [[key, value]],
  );
  return `/api/trail/export?${new URLSearchParams(given)}`;
};

/** Takes out what is filtered. The proof it needs is asked for before the file is fetched. */
export function ExportButton({ address }: { address: TrailAddress }) {
  const t = useTranslations('trail');
  const trpc = useTRPC();
  const { mutateAsync } = useMutation(trpc.trail.mayExport.mutationOptions());
  const { isAsking, start } = useProvenDownload(mutateAsync, fileHref(address), () =>
    toast(t('exportStarted')),
  );
  return (
    <Button
      variant="default"
      title={t('exportHint')}
      loading={isAsking}
      leftSection={<Icon name="copy" size={18} />}
      onClick={start}
    >
      {t('export')}
    </Button>
  );
}
