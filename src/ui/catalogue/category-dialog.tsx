'use client';

import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { saveCategoryInput } from '../../domain/service.ts';
import { Dialog } from '../kit/dialog.tsx';
import { toast } from '../kit/toasts.ts';
import { DialogFoot } from '../settings/dialog-foot.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';

interface Named {
  id: string;
  version: number;
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
    version: category?.version ?? null,
    latest: async () => {
      const options = trpc.catalogue.list.queryOptions();
      const { categories } = await queries.fetchQuery({ ...options, staleTime: 0 });
      const now = categories.find(({ id }) => id === category?.id);
      return now ? { version: now.version, values: { name: now.name } } : null;
    },
    schema,
    save: (values, version) => mutation.mutateAsync({ categoryId: category?.id ?? null, version, ...values }),
    onSaved: () => {
      void queries.invalidateQueries(trpc.catalogue.pathFilter());
      toast(t('settings.saved'));
      onClose();
    },
  });
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <TextInput
        label={t('catalogue.categoryName')}
        autoFocus
        maxLength={80}
        {...edit.form.getInputProps('name')}
      />
      <DialogFoot
        edit={edit}
        onClose={onClose}
        aside={category && <HistoryLink recordId={category.id} name={category.name} />}
      />
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
