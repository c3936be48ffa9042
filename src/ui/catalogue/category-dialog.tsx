'use client';

import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { saveCategoryInput } from '../../domain/service.ts';
import { Dialog } from '../kit/dialog.tsx';
import { toast } from '../kit/toasts.ts';
import { useEditForm } from '../settings/use-edit-form.ts';
import { useTRPC } from '../trpc/client.ts';

interface Named {
  id: string;
  name: string;
}
const schema = z.object({ name: saveCategoryInput.shape.name });

function CategoryForm({ category, onClose }: { category: Named | null; onClose: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mutation = useMutation(trpc.catalogue.saveCategory.mutationOptions());
  const edit = useEditForm({
    initial: { name: category?.name ?? '' },
    schema,
    save: (values) => mutation.mutateAsync({ categoryId: category?.id ?? null, ...values }),
    onSaved: () => {
      void queries.invalidateQueries(trpc.catalogue.pathFilter());
      toast(t('settings.saved'));
      onClose();
    },
  });
  return (
    <form onSubmit={edit.submit} noValidate>
      <TextInput
        label={t('catalogue.categoryName')}
        autoFocus
        maxLength={80}
        {...edit.form.getInputProps('name')}
      />
      {edit.problem !== null && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {edit.problem}
        </p>
      )}
      <div className="mt-6 flex justify-end gap-2">
        <Button variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
        <Button type="submit" loading={edit.pending}>
          {t('shell.save')}
        </Button>
      </div>
    </form>
  );
}

export function CategoryDialog(props: { opened: boolean; onClose: () => void; category: Named | null }) {
  const t = useTranslations('catalogue');
  const title = props.category === null ? t('newCategory') : t('renameCategory');
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={title}>
      <CategoryForm category={props.category} onClose={props.onClose} />
    </Dialog>
  );
}
