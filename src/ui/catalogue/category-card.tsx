'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { CategoryDialog } from './category-dialog.tsx';

export type CategoryRow = inferRouterOutputs<AppRouter>['catalogue']['list']['categories'][number];
type ServiceRow = CategoryRow['services'][number];

function ServiceLink({ service, currency }: { service: ServiceRow; currency: string }) {
  const t = useTranslations('catalogue');
  const { money } = useFormat();
  const price = money(service.priceMinor, currency);
  const techniques = t('techniquesCount', { count: service.techniqueCount });
  return (
    <Link
      href={`/settings/catalogue/${service.id}`}
      className="flex min-h-14 min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1 py-2 pl-3 text-ink no-underline"
    >
      <span
        aria-hidden="true"
        className="h-8 w-1.5 shrink-0 rounded-full"
        style={{ backgroundColor: `var(--hue-${service.hue})` }}
      />
      <span className="min-w-40 flex-1">
        <span className="block font-medium">{service.name}</span>
        <span className="block text-sm text-soft">
          {service.code === null ? techniques : `${service.code} · ${techniques}`}
        </span>
      </span>
      <span className="flex flex-wrap gap-1">
        {!service.isActive && <StatusMark tone="neutral">{t('isOff')}</StatusMark>}
        {service.isActive && !service.isOnline && <StatusMark tone="neutral">{t('notOnline')}</StatusMark>}
        {service.needsApproval && <StatusMark tone="accent">{t('needsYes')}</StatusMark>}
        {service.isActive && service.specialistCount === 0 && (
          <StatusMark tone="attention">{t('specialistsCount', { count: 0 })}</StatusMark>
        )}
      </span>
      <span className="flex w-full gap-4 pl-5.5 sm:w-auto sm:pl-0" data-tabular>
        <span className="text-soft sm:w-20 sm:text-right">
          {t('minutes', { minutes: service.baseMinutes })}
        </span>
        <span className="sm:w-24 sm:text-right" suppressHydrationWarning>
          {service.isPriceFrom ? t('priceFrom', { price }) : price}
        </span>
      </span>
    </Link>
  );
}

/** One category with its services; moved, renamed, and removed once it is empty. */
export function CategoryCard(props: {
  category: CategoryRow;
  currency: string;
  /** The category before this one, where there is one to change places with. */
  above: string | null;
  order: readonly string[];
  movable: boolean;
}) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null);
  const { category, above, order } = props;
  const refresh = () => queries.invalidateQueries(trpc.catalogue.pathFilter());
  const onError = (error: unknown) => toast(problemText(error), { tone: 'danger' });
  const reorder = useMutation(
    trpc.catalogue.orderCategories.mutationOptions({ onSuccess: refresh, onError }),
  );
  const remove = useMutation(
    trpc.catalogue.deleteCategory.mutationOptions({
      onSuccess: () => {
        void refresh();
        setOpen(null);
        toast(t('settings.removed', { name: category.name }));
      },
      onError,
    }),
  );
  const moveServices = useMutation(
    trpc.catalogue.moveServices.mutationOptions({ onSuccess: refresh, onError }),
  );
  const moveServiceUp = (index: number) => {
    const serviceIds = category.services.map(({ id }) => id);
    serviceIds.splice(index - 1, 0, ...serviceIds.splice(index, 1));
    moveServices.mutate({ categoryId: category.id, serviceIds });
  };
  const moveUp = () => {
    const others = order.filter((id) => id !== category.id);
    const place = above === null ? 0 : others.indexOf(above);
    reorder.mutate({ categoryIds: [...others.slice(0, place), category.id, ...others.slice(place)] });
  };
  return (
    <Section
      title={category.name}
      actions={
        <div className="-my-1 flex">
          {props.movable && above !== null && (
            <IconButton icon="up" label={t('settings.moveUp', { name: category.name })} onClick={moveUp} />
          )}
          <IconButton
            icon="edit"
            label={t('settings.editNamed', { name: category.name })}
            onClick={() => setOpen('rename')}
          />
          {props.movable && category.services.length === 0 && (
            <IconButton
              icon="remove"
              label={t('settings.removeNamed', { name: category.name })}
              onClick={() => setOpen('remove')}
            />
          )}
        </div>
      }
    >
      {category.services.length === 0 ? (
        <p className="text-soft">{t('catalogue.emptyCategory')}</p>
      ) : (
        <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
          {category.services.map((service, index) => (
            <li key={service.id} className="flex items-center pr-2 hover:bg-hover">
              <ServiceLink service={service} currency={props.currency} />
              <span className="flex w-9 shrink-0">
                {props.movable && index > 0 && (
                  <IconButton
                    icon="up"
                    label={t('settings.moveUp', { name: service.name })}
                    onClick={() => moveServiceUp(index)}
                  />
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <CategoryDialog opened={open === 'rename'} onClose={() => setOpen(null)} category={category} />
      <ConfirmDialog
        opened={open === 'remove'}
        onClose={() => setOpen(null)}
        onConfirm={() => remove.mutate({ categoryId: category.id })}
        title={t('catalogue.deleteCategoryTitle', { name: category.name })}
        losses={[]}
        confirmLabel={t('settings.remove')}
        pending={remove.isPending}
      />
    </Section>
  );
}
