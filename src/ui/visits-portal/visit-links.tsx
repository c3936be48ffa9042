import { useTranslations } from 'next-intl';
import { bookAgainHref } from '../booking/selection.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Icon } from '../kit/icons.tsx';
import type { OwnVisit } from './own-visit.ts';

/** A file for one's own calendar: a plain link, for the browser hands it to whatever keeps calendars. */
export function CalendarFileLink({ visit }: { visit: OwnVisit }) {
  const t = useTranslations('visits');
  return (
    <a
      href={`/api/ics/${visit.appointmentId}`}
      download="visit.ics"
      className="kit-control inline-flex items-center justify-center gap-2 rounded-md border border-line-strong bg-surface px-4 text-base font-semibold text-ink no-underline hover:bg-hover"
    >
      <Icon name="calendar" size={18} />
      {t('addToCalendar')}
    </a>
  );
}

export function BookAgainLink({ visit }: { visit: OwnVisit }) {
  const t = useTranslations('visits');
  return (
    <ButtonLink kind="secondary" icon="plus" href={bookAgainHref(visit.items, visit.locationId)}>
      {t('again')}
    </ButtonLink>
  );
}
