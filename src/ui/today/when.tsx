'use client';

import { useTranslations } from 'next-intl';
import type { TodayVisit } from './types.ts';

const minuteMs = 60_000;
const soonMinutes = 90;

/** How near a visit is, where that is worth knowing. */
export function When({ visit, now }: { visit: TodayVisit; now: number }) {
  const t = useTranslations('today');
  const minutes = Math.round((visit.startsAt - now) / minuteMs);
  const expected = visit.status === 'booked' || visit.status === 'confirmed';
  if (visit.chair === 'in_progress') return <span className="text-accent">{t('inChair')}</span>;
  if (!expected) return null;
  if (minutes < -4) return <span className="text-attention">{t('late', { minutes: -minutes })}</span>;
  if (minutes <= 0) return <span className="text-accent">{t('now')}</span>;
  if (minutes <= soonMinutes) return <span className="text-soft">{t('inMinutes', { minutes })}</span>;
  return null;
}
