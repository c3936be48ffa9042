'use client';

import { Alert, Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { EditForm } from './use-edit-form.ts';

/** Somebody else saved meanwhile: nothing typed is lost, and it is said what can be done. */
export function StaleNote<Values extends object>({ edit }: { edit: EditForm<Values> }) {
  const t = useTranslations('settings');
  const { stale } = edit;
  if (stale === null) return null;
  return (
    <Alert color="yellow" role="alert" title={t('staleTitle')}>
      <p>{t('staleText')}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="xs" variant="default" onClick={stale.takeTheirs}>
          {t('takeTheirs')}
        </Button>
        <Button size="xs" onClick={stale.saveMine} loading={edit.pending}>
          {t('saveMine')}
        </Button>
      </div>
    </Alert>
  );
}
