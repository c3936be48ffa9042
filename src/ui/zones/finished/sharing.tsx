'use client';

import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { useProblemText } from '../../kit/refusal-text.ts';
import { Section } from '../../kit/section.tsx';
import { toast } from '../../kit/toasts.ts';
import { useTRPC } from '../../trpc/client.ts';
import type { ClientOfDrawing, Revision } from './types.ts';

/** Whether the client sees it, and what of it. */
export function Sharing({ revision, client }: { revision: Revision; client: ClientOfDrawing }) {
  const t = useTranslations('zones.finished');
  const api = useTRPC();
  const queries = useQueryClient();
  const problem = useProblemText();
  const textId = useId();
  const { schemeId } = revision;
  const share = useMutation(
    api.drawings.share.mutationOptions({
      onSuccess: ({ isShared }) =>
        toast(t(isShared ? 'shared' : 'unshared'), {
          undo: () => share.mutate({ schemeId, isShared: !isShared }),
        }),
      onError: (error) => toast(problem(error), { tone: 'danger' }),
      onSettled: () => queries.invalidateQueries({ queryKey: api.drawings.pathKey() }),
    }),
  );
  const isShared = share.isPending ? share.variables.isShared : revision.isShared;
  return (
    <div data-print="hide">
      <Section title={t('sharing')}>
        <Switch
          label={t('share')}
          checked={isShared}
          disabled={!revision.canDraw}
          aria-describedby={textId}
          onChange={(event) => share.mutate({ schemeId, isShared: event.currentTarget.checked })}
        />
        <p id={textId} className="mt-2 text-sm text-soft">
          {t(client.hasAccount ? 'shareText' : 'shareNone', { name: client.name })}
        </p>
      </Section>
    </div>
  );
}
