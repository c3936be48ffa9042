'use client';

import { Button, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type LotFields, saveLotInput } from '../../domain/product.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { DialogFoot } from '../settings/dialog-foot.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { useTRPC } from '../trpc/client.ts';
import type { LotRow, ProductRow } from './types.ts';

const schema = saveLotInput.shape.lot;
const fieldsOf = ({ number, expiresOn, isActive }: LotRow): LotFields => ({ number, expiresOn, isActive });

/** One lot of a product, as it is printed on the package. */
export function LotForm(props: { product: ProductRow; known: LotRow | null; onClose: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const { product, known, onClose } = props;
  const done = (words: string) => {
    void queries.invalidateQueries(trpc.products.pathFilter());
    toast(words);
    onClose();
  };
  const saving = useMutation(trpc.products.saveLot.mutationOptions());
  const remove = useMutation(
    trpc.products.removeLot.mutationOptions({
      onSuccess: () => done(t('settings.removed', { name: known?.number ?? '' })),
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
    }),
  );
  const edit = useEditForm<LotFields, { version: number }>({
    initial: known ? fieldsOf(known) : { number: '', expiresOn: '', isActive: true },
    version: known?.version ?? null,
    latest: async () => {
      const options = trpc.products.list.queryOptions();
      const { products } = await queries.fetchQuery({ ...options, staleTime: 0 });
      const lots = products.find(({ id }) => id === product.id)?.lots ?? [];
      const now = lots.find(({ id }) => id === known?.id);
      return now ? { version: now.version, values: fieldsOf(now) } : null;
    },
    schema,
    prefix: 'lot',
    save: (lot, version) =>
      saving.mutateAsync({ productId: product.id, lotId: known?.id ?? null, version, lot }),
    onSaved: () => done(t('settings.saved')),
  });
  const { form } = edit;
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <p className="text-soft">{product.name}</p>
      <TextInput
        label={t('products.lotNumber')}
        description={t('products.lotNumberHint')}
        autoFocus
        autoComplete="off"
        maxLength={40}
        {...form.getInputProps('number')}
      />
      <TextInput
        type="date"
        label={t('products.expiresOn')}
        description={t('products.expiresOnHint')}
        {...form.getInputProps('expiresOn')}
      />
      <Switch
        label={t('products.lotActive')}
        description={t('products.lotActiveHint')}
        {...form.getInputProps('isActive', { type: 'checkbox' })}
      />
      <DialogFoot
        edit={edit}
        onClose={onClose}
        aside={
          known !== null && (
            <Button
              variant="subtle"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate({ lotId: known.id })}
            >
              {t('settings.remove')}
            </Button>
          )
        }
      />
    </form>
  );
}
