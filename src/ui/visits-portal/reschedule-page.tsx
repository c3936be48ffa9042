import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { PageHeader } from '../kit/page-header.tsx';
import { isMovable, nameOf, type OwnVisit } from './own-visit.ts';
import { Reschedule } from './reschedule.tsx';
import { BackLink, ChangeTerms } from './visit-page.tsx';

/** Moving a visit: the time alone is asked, everything else stays as it was booked. */
export function ReschedulePage(props: {
  visit: OwnVisit;
  phone: string | null;
  changeUntil: number;
  windowMinutes: number;
  isOpen: boolean;
}) {
  const t = useTranslations('visits');
  const format = useFormat();
  const { visit, phone, isOpen } = props;
  const when = format.dayTime(new Date(visit.startsAt), visit.timeZone);
  const mayMove = isOpen && isMovable(visit.status);
  return (
    <div className="mx-auto max-w-160">
      <BackLink href={`/visits/${visit.appointmentId}`} label={nameOf(visit)} />
      <PageHeader title={t('rescheduleTitle')} lead={mayMove ? t('rescheduleLead', { when }) : undefined} />
      {mayMove ? (
        <Reschedule visit={visit} phone={phone} />
      ) : isOpen ? (
        <p>{t('changedMeanwhile')}</p>
      ) : (
        <ChangeTerms {...props} />
      )}
    </div>
  );
}
