'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import type { PictureRow } from './types.ts';

/** Puts a picture out of use, which can be undone at once, or takes it back. */
export function useRetire(nameOf: (picture: PictureRow) => string) {
  const t = useTranslations('pictures');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const setting = useMutation(
    trpc.pictures.retire.mutationOptions({
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
      onSettled: () => void queries.invalidateQueries(trpc.pictures.pathFilter()),
    }),
  );
  const restore = (pictureId: string, version: number) =>
    setting.mutate({ pictureId, version, isActive: true });
  return {
    isPending: setting.isPending,
    restore: (picture: PictureRow) => restore(picture.id, picture.version),
    retire: (picture: PictureRow) =>
      setting.mutate(
        { pictureId: picture.id, version: picture.version, isActive: false },
        {
          onSuccess: ({ version }) =>
            toast(t('retired', { name: nameOf(picture) }), { undo: () => restore(picture.id, version) }),
        },
      ),
  };
}
