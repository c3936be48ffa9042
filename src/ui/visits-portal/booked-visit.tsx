import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { EmailProof } from '../account/email-proof.tsx';
import type { OwnAccount } from '../account/types.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import { FocusedHeading } from './focused-heading.tsx';
import type { OwnVisit } from './own-visit.ts';
import { VisitFacts } from './visit-facts.tsx';
import { BookAgainLink, CalendarFileLink } from './visit-links.tsx';

/** The end of booking: it is certain now, and this is what to do with it. */
export function BookedVisit({ visit, account }: { visit: OwnVisit; account: OwnAccount }) {
  const t = useTranslations('visits');
  const tAccount = useTranslations('account.me');
  const format = useFormat();
  const isRequest = visit.status === 'pending';
  const when = format.dayTime(new Date(visit.startsAt), visit.timeZone);
  return (
    <div className="mx-auto max-w-160">
      <div className="mb-6 flex items-start gap-4">
        <span
          className={`grid size-12 shrink-0 place-items-center rounded-full ${isRequest ? 'bg-attention-soft text-attention' : 'bg-settled-soft text-settled'}`}
        >
          <Icon name={isRequest ? 'clock' : 'check'} size={24} />
        </span>
        <div className="min-w-0">
          <FocusedHeading>{isRequest ? t('requestedTitle') : t('confirmedTitle')}</FocusedHeading>
          <p className="mt-1 text-soft">
            {t(isRequest ? 'requestedText' : 'confirmedText', { when, email: account.email })}
          </p>
        </div>
      </div>
      {!account.emailVerified && account.kind === 'client' && (
        <div className="mb-6">
          <Section title={tAccount('email')}>
            <EmailProof account={account} />
          </Section>
        </div>
      )}
      <VisitFacts visit={visit} />
      <div className="mt-6 flex flex-col gap-2 sm:flex-row sm:flex-wrap">
        <CalendarFileLink visit={visit} />
        <ButtonLink kind="secondary" icon="clock" href={`/visits/${visit.appointmentId}`}>
          {t('manage')}
        </ButtonLink>
        <BookAgainLink visit={visit} />
      </div>
    </div>
  );
}
