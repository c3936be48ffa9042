'use client';

import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { maxTitleLength, type PictureFields, renamePictureInput } from '../../domain/picture.ts';
import { toast } from '../kit/toasts.ts';
import { DialogFoot } from '../settings/dialog-foot.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { useTRPC } from '../trpc/client.ts';
import type { PictureRow } from './types.ts';

const fieldsOf = ({ title, takenOn }: PictureRow): PictureFields => ({ title, takenOn });

/** The name of a picture and, for a photograph, its day. */
export function PictureForm(props: {
  picture: PictureRow;
  /** Photographs have a day; templates don't. */
  withDate: boolean;
  latest: () => Promise<readonly PictureRow[]>;
  onClose: () => void;
}) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { picture, withDate, onClose } = props;
  const saving = useMutation(trpc.pictures.rename.mutationOptions());
  const edit = useEditForm<PictureFields, { version: number }>({
    initial: fieldsOf(picture),
    version: picture.version,
    latest: async () => {
      const now = (await props.latest()).find(({ id }) => id === picture.id);
      return now ? { version: now.version, values: fieldsOf(now) } : null;
    },
    schema: renamePictureInput.shape.picture,
    prefix: 'picture',
    save: (fields, version) =>
      saving.mutateAsync({ pictureId: picture.id, version: version ?? picture.version, picture: fields }),
    onSaved: () => {
      // What stands behind the form can be pressed at once: it has the new version by then.
      void queries.invalidateQueries(trpc.pictures.pathFilter()).then(() => {
        toast(t('settings.saved'));
        onClose();
      });
    },
  });
  const { form } = edit;
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <TextInput
        label={t('pictures.title')}
        description={withDate ? t('pictures.titleHint') : undefined}
        autoFocus
        maxLength={maxTitleLength}
        {...form.getInputProps('title')}
      />
      {withDate && (
        <TextInput
          type="date"
          label={t('pictures.date')}
          {...form.getInputProps('takenOn')}
          value={form.values.takenOn ?? ''}
          onChange={(event) => form.setFieldValue('takenOn', event.currentTarget.value || null)}
        />
      )}
      <DialogFoot edit={edit} onClose={onClose} />
    </form>
  );
}
