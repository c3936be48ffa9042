'use client';

import { useMessages, useTranslations } from 'next-intl';
import type { AreaMessages } from '../../i18n/types.ts';
import { Section } from '../kit/section.tsx';
import type { ImportDetail } from './types.ts';

/** What an undo left alone, by name, and why. */
export function KeptList({ kept }: { kept: ImportDetail['kept'] }) {
  const t = useTranslations('imports');
  const { imports } = useMessages();
  const isEntity = (text: string): text is keyof AreaMessages['imports']['entities'] =>
    Object.hasOwn(imports.entities, text);
  const isWhy = (text: string): text is keyof AreaMessages['imports']['keptBecause'] =>
    Object.hasOwn(imports.keptBecause, text);
  if (kept.length === 0) return null;
  return (
    <Section title={t('keptTitle')} lead={t('keptLead')}>
      <ul className="divide-y divide-line">
        {kept.map(({ entityType, entityId, name, why }) => (
          <li key={`${entityType} ${entityId}`} className="flex items-baseline justify-between gap-4 py-2">
            <span className="min-w-0">
              {name}{' '}
              <span className="text-sm text-soft">
                {t(`entities.${isEntity(entityType) ? entityType : 'other'}`)}
              </span>
            </span>
            <span className="shrink-0 text-sm text-soft">{isWhy(why) && t(`keptBecause.${why}`)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
