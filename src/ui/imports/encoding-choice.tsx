'use client';

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { ImportDetail } from './types.ts';

/** A file that doesn't say how its letters are written: a person looks and says which version reads right. */
export function EncodingChoice({ batch }: { batch: ImportDetail }) {
  const t = useTranslations('imports');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const reshape = useMutation(
    trpc.imports.reshape.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.imports.pathKey() }),
    }),
  );
  return (
    <Section title={t('encodingTitle')} lead={t('encodingText')}>
      <div className="grid gap-4 md:grid-cols-2">
        {batch.shape.previews.map(({ encoding, lines }) => (
          <div key={encoding} className="flex min-w-0 flex-col gap-3 rounded-md border border-line p-4">
            <h3 className="text-sm font-medium text-soft">{t(`encodings.${encoding}`)}</h3>
            <pre className="flex-1 overflow-x-auto rounded-sm bg-sunken p-3 text-sm leading-6">
              {lines.join('\n')}
            </pre>
            <Button
              variant="default"
              loading={reshape.isPending && reshape.variables.encoding === encoding}
              onClick={() => reshape.mutate({ batchId: batch.id, encoding })}
            >
              {t('encodingChoose')}
            </Button>
          </div>
        ))}
      </div>
      {reshape.isError && (
        <p role="alert" className="mt-3 text-danger">
          {problemText(reshape.error)}
        </p>
      )}
    </Section>
  );
}
