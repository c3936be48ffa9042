'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { PageHeader } from '../kit/page-header.tsx';
import { EmptyState } from '../kit/states.tsx';
import { toast } from '../kit/toasts.ts';
import { ProductsTabs } from '../products/products-tabs.tsx';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { Gallery } from './gallery.tsx';
import { titleOf } from './file-facts.ts';
import { UploadField } from './upload-field.tsx';

/** The clinic's own pictures to draw on. */
export function TemplatesPage() {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = trpc.pictures.list.queryOptions();
  const list = useQuery(options);
  const onKept = (ids: readonly string[]) => {
    void queries.invalidateQueries(trpc.pictures.pathFilter());
    toast(t('pictures.kept', { count: ids.length }));
  };
  return (
    <>
      <PageHeader title={t('products.title')} lead={t('pictures.templatesLead')} />
      <ProductsTabs current="tabTemplates" />
      <Answered query={list} shape="list" backHref="/settings/products">
        {(pictures) => (
          <div className="flex flex-col gap-6">
            <UploadField
              label={t('pictures.addTemplates')}
              queryOf={(file) => ({ kind: 'template', title: titleOf(file) })}
              onKept={onKept}
            />
            {pictures.length === 0 ? (
              <EmptyState
                icon="picture"
                title={t('pictures.templatesNone')}
                text={t('pictures.templatesNoneText')}
              />
            ) : (
              <Gallery
                label={t('products.tabTemplates')}
                pictures={pictures}
                canEdit
                withDate={false}
                firstShown={60}
                latest={() => queries.fetchQuery({ ...options, staleTime: 0 })}
                zone="UTC"
              />
            )}
          </div>
        )}
      </Answered>
    </>
  );
}
