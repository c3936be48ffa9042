'use client';

import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon, type IconName } from '../kit/icons.tsx';
import type { LotRow } from './types.ts';

type State = 'off' | LotRow['expiry'];

const looks: Record<
  State,
  { words: 'lotOff' | 'lotGood' | 'lotSoon' | 'lotExpired'; icon: IconName; tone: string }
> = {
  off: { words: 'lotOff', icon: 'info', tone: 'border-line bg-surface text-soft' },
  good: { words: 'lotGood', icon: 'check', tone: 'border-line bg-surface text-ink' },
  soon: { words: 'lotSoon', icon: 'attention', tone: 'border-transparent bg-attention-soft text-attention' },
  expired: { words: 'lotExpired', icon: 'close', tone: 'border-transparent bg-danger-soft text-danger' },
};

/** One lot with what is left of it, in words as well as colour; a press changes it. */
export function LotChip({ lot, onOpen }: { lot: LotRow; onOpen: () => void }) {
  const t = useTranslations('products');
  const { date } = useFormat();
  const { words, icon, tone } = looks[lot.isActive ? lot.expiry : 'off'];
  const until = date(new Date(`${lot.expiresOn}T00:00:00Z`), 'UTC');
  const said = t(words, { number: lot.number, date: until });
  return (
    <button
      type="button"
      onClick={onOpen}
      title={t('editLot', { number: lot.number })}
      className={`inline-flex min-h-9 max-w-full cursor-pointer items-center gap-1.5 rounded-full border px-3 text-sm hover:border-line-strong pointer-coarse:min-h-11 ${tone}`}
      data-tabular
    >
      <Icon name={icon} size={14} className="shrink-0" />
      <span className="truncate">{said}</span>
    </button>
  );
}
