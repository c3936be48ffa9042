import { useTranslations } from 'next-intl';
import type { IconName } from '../kit/icons.tsx';
import { StatusMark, type Tone } from '../kit/status-mark.tsx';

const marks = {
  pending: { tone: 'attention', icon: 'clock' },
  booked: { tone: 'accent', icon: 'calendar' },
  confirmed: { tone: 'settled', icon: 'check' },
  arrived: { tone: 'settled', icon: 'person' },
  fulfilled: { tone: 'neutral', icon: 'check' },
  declined: { tone: 'danger', icon: 'close' },
  cancelled: { tone: 'neutral', icon: 'close' },
  no_show: { tone: 'danger', icon: 'attention' },
} as const satisfies Record<string, { tone: Tone; icon: IconName }>;

const isShown = (status: string): status is keyof typeof marks => Object.hasOwn(marks, status);

export function VisitStatus({ status }: { status: string }) {
  const t = useTranslations('visits.status');
  if (!isShown(status)) return null;
  return <StatusMark {...marks[status]}>{t(status)}</StatusMark>;
}
