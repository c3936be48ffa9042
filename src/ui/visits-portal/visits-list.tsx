import { useTranslations } from 'next-intl';
import { ButtonLink } from '../kit/button.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { EmptyState } from '../kit/states.tsx';
import type { OwnVisit } from './own-visit.ts';
import { VisitCard } from './visit-card.tsx';

export function VisitsList({ coming, past }: { coming: readonly OwnVisit[]; past: readonly OwnVisit[] }) {
  const t = useTranslations('visits');
  if (coming.length + past.length === 0) {
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState icon="calendar" title={t('none')} text={t('noneText')}>
          <ButtonLink href="/book" icon="plus">
            {t('bookVisit')}
          </ButtonLink>
        </EmptyState>
      </>
    );
  }
  return (
    <div className="mx-auto max-w-160">
      <PageHeader
        title={t('title')}
        actions={
          <ButtonLink href="/book" icon="plus">
            {t('bookVisit')}
          </ButtonLink>
        }
      />
      <VisitGroup id="coming" title={t('coming')} visits={coming} />
      <VisitGroup id="past" title={t('past')} visits={past} />
    </div>
  );
}

function VisitGroup(props: { id: string; title: string; visits: readonly OwnVisit[] }) {
  if (props.visits.length === 0) return null;
  return (
    <section aria-labelledby={props.id} className="mb-8">
      <h2 id={props.id} className="mb-3 text-base font-semibold">
        {props.title}
      </h2>
      <ul className="flex flex-col gap-2">
        {props.visits.map((visit) => (
          <li key={visit.appointmentId}>
            <VisitCard visit={visit} />
          </li>
        ))}
      </ul>
    </section>
  );
}
