'use client';

import { Button, Input, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { type ProductFields, saveProductInput } from '../../domain/product.ts';
import { doseUnits } from '../../domain/scheme/marks.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { DialogFoot } from '../settings/dialog-foot.tsx';
import { HuePicker } from '../settings/hue-picker.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { useTRPC } from '../trpc/client.ts';
import type { OtherProduct, ProductRow } from './types.ts';

const schema = saveProductInput.shape.product;
const fieldsOf = ({ code, name, doseUnit, hue, isActive }: ProductRow): ProductFields => ({
  code,
  name,
  doseUnit,
  hue,
  isActive,
});

/** The colour that fewest products have. */
function freeHue(products: readonly ProductRow[]): number {
  const used = (hue: number) => products.filter((product) => product.hue === hue).length;
  return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].reduce((best, hue) => (used(hue) < used(best) ? hue : best), 1);
}

/** What is edited of one product: new, known, or of the stock, whose name and code are there already. */
export function ProductForm(props: {
  known: ProductRow | null;
  stock: OtherProduct | null;
  products: readonly ProductRow[];
  onClose: () => void;
}) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const unitId = useId();
  const { known, stock, onClose } = props;
  const done = (words: string) => {
    void queries.invalidateQueries(trpc.products.pathFilter());
    toast(words);
    onClose();
  };
  const saving = useMutation(trpc.products.save.mutationOptions());
  const remove = useMutation(
    trpc.products.remove.mutationOptions({
      onSuccess: () => done(t('settings.removed', { name: known?.name ?? '' })),
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
    }),
  );
  const edit = useEditForm<ProductFields, { version: number }>({
    initial: known
      ? fieldsOf(known)
      : {
          code: stock?.code ?? '',
          name: stock?.name ?? '',
          doseUnit: 'U',
          hue: freeHue(props.products),
          isActive: true,
        },
    version: known?.version ?? stock?.version ?? null,
    latest: async () => {
      const options = trpc.products.list.queryOptions();
      const { products } = await queries.fetchQuery({ ...options, staleTime: 0 });
      const now = products.find(({ id }) => id === (known?.id ?? stock?.id));
      return now ? { version: now.version, values: fieldsOf(now) } : null;
    },
    schema,
    prefix: 'product',
    save: (product, version) =>
      saving.mutateAsync({ productId: known?.id ?? stock?.id ?? null, version, product }),
    onSaved: () => done(t('settings.saved')),
  });
  const { form } = edit;
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <TextInput
        label={t('products.name')}
        description={t('products.nameHint')}
        autoFocus
        maxLength={120}
        {...form.getInputProps('name')}
      />
      <TextInput label={t('products.code')} maxLength={40} {...form.getInputProps('code')} />
      <Input.Wrapper
        label={t('products.unit')}
        labelElement="div"
        labelProps={{ id: unitId }}
        error={form.errors.doseUnit}
      >
        <SegmentedControl
          fullWidth
          aria-labelledby={unitId}
          value={form.values.doseUnit}
          onChange={(next) => form.setFieldValue('doseUnit', doseUnits.find((unit) => unit === next) ?? 'U')}
          data={doseUnits.map((unit) => ({ value: unit, label: t(`products.units.${unit}`) }))}
        />
      </Input.Wrapper>
      <HuePicker
        label={t('products.hue')}
        value={form.values.hue}
        onChange={(hue) => form.setFieldValue('hue', hue)}
      />
      <Switch
        label={t('products.productActive')}
        description={t('products.productActiveHint')}
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
              onClick={() => remove.mutate({ productId: known.id })}
            >
              {t('settings.remove')}
            </Button>
          )
        }
      />
    </form>
  );
}
