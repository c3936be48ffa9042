import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { PhoneLink } from '../booking/clinic-phone.tsx';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { isMovable, type OwnVisit } from './own-visit.ts';
import { VisitActions } from './visit-actions.tsx';
import { VisitFacts } from './visit-facts.tsx';
import { BookAgainLink, CalendarFileLink } from './visit-links.tsx';
import { VisitStatus } from './visit-status.tsx';

interface VisitPageProps {
  visit: OwnVisit;
  phone: string | null;
  changeUntil: number;
  windowMinutes: number;
  isOpen: boolean;
}

/** One visit: what it is, and what may still be done with it. */
export function VisitPage({ visit, phone, changeUntil, windowMinutes, isOpen }: VisitPageProps) {
  const t = useTranslations('visits');
  const movable = isMovable(visit.status);
  return (
    <div className="mx-auto max-w-160">
      <BackLink href="/visits" label={t('allVisits')} />
      <PageHeader title={t('visitTitle')} actions={<VisitStatus status={visit.status} />} />
      {visit.status === 'pending' && <p className="mb-4 text-soft">{t('pendingText')}</p>}
      <VisitFacts visit={visit} />
      {movable && (
        <div className="mt-6">
          <ChangeTerms
            visit={visit}
            phone={phone}
            changeUntil={changeUntil}
            windowMinutes={windowMinutes}
            isOpen={isOpen}
          />
          <VisitActions visit={visit} isOpen={isOpen} />
        </div>
      )}
      <div className="mt-6 flex flex-col gap-2 border-t border-line pt-6 sm:flex-row sm:flex-wrap">
        {movable && <CalendarFileLink visit={visit} />}
        <BookAgainLink visit={visit} />
      </div>
    </div>
  );
}

export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <Link
      href={href}
      className="mb-2 -ml-1 inline-flex min-h-11 items-center gap-1 text-sm font-medium text-accent"
    >
      <Icon name="back" size={18} />
      {label}
    </Link>
  );
}

/** Until when it can be changed here, or who to call where it can't any more. */
export function ChangeTerms({ visit, phone, changeUntil, windowMinutes, isOpen }: VisitPageProps) {
  const t = useTranslations('visits');
  const format = useFormat();
  if (isOpen) {
    if (windowMinutes === 0) return null;
    const when = format.dayTime(new Date(changeUntil), visit.timeZone);
    return <p className="mb-3 text-sm text-soft">{t('cancelUntil', { when })}</p>;
  }
  return (
    <div className="mb-3 rounded-md bg-attention-soft p-4">
      <p>{t('tooLate', { hours: Math.ceil(windowMinutes / 60) })}</p>
      {phone !== null && <PhoneLink phone={phone} />}
    </div>
  );
}
