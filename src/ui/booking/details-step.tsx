'use client';
'use no memo';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ButtonLink } from '../kit/button.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { FormSkeleton } from '../kit/skeletons.tsx';
import { EmptyState, FailureState } from '../kit/states.tsx';
import { refusalOf } from '../trpc/refusal.ts';
import type { BookableService, Catalogue } from './catalogue.ts';
import { ClinicPhone } from './clinic-phone.tsx';
import type { Offer } from './days.ts';
import { ConfirmForm } from './confirm-form.tsx';
import { type Details, keepDetails, readDetails } from './details-draft.ts';
import { GuestForm } from './guest-form.tsx';
import { HoldProblem } from './hold-problem.tsx';
import { KnownClientsOnly, isClosedToGuests } from './known-clients-only.tsx';
import { LapsedHold } from './lapsed-hold.tsx';
import { LostTime } from './lost-time.tsx';
import { useBook } from './use-book.ts';
import type { Held, Hold } from './use-hold.ts';
import type { VisitWish } from './use-starts.ts';
import type { Visitor } from './visitor.ts';

interface DetailsStepProps {
  catalogue: Catalogue;
  placeId: string | null;
  services: readonly BookableService[];
  visitor: Visitor;
  wish: VisitWish;
  zone: string;
  held: Held;
  hold: Hold;
  onOtherTime: () => void;
}

/** Who comes. Above it, where the held time was lost or has lapsed, the way to another. */
export default function DetailsStep(props: DetailsStepProps) {
  const { held, hold, wish, zone } = props;
  const take = ({ startsAt }: Offer) => hold.take(startsAt, null);
  if (held.isLoading) return <FormSkeleton />;
  if (held.error !== null && !held.lapsed) return <FailureState onRetry={held.refetch} />;
  return (
    <>
      {hold.lost !== null && (
        <LostTime hold={hold} zone={zone} onChoose={take} onOtherTime={props.onOtherTime} />
      )}
      {hold.lost === null && held.lapsed && (
        <LapsedHold
          wish={wish}
          zone={zone}
          startsAt={held.view?.startsAt ?? null}
          pending={hold.pending}
          onChoose={take}
          onOtherTime={props.onOtherTime}
        />
      )}
      <HoldProblem hold={hold} />
      {held.view && !held.isBooked && <Persons {...props} view={held.view} />}
    </>
  );
}

/** One form for those who are new, one press for those who are known. */
function Persons(props: DetailsStepProps & { view: { appointmentId: string; startsAt: number } }) {
  const t = useTranslations('booking');
  const router = useRouter();
  const problem = useProblemText();
  const [details, setDetails] = useState(readDetails);
  const [isNew, setIsNew] = useState(false);
  const book = useBook(props.view, props.hold.setLost);
  // Nothing to book: the forms stay with what was typed, their button waits.
  const lapsed = props.held.lapsed || props.hold.lost !== null;
  function change(part: Partial<Details>) {
    const next = { ...details, ...part };
    setDetails(next);
    keepDetails(next);
  }
  if (props.visitor.kind === 'staff') {
    return (
      <EmptyState icon="calendar" title={t('staffTitle')} text={t('staffText')}>
        <ButtonLink href="/calendar">{t('toCalendar')}</ButtonLink>
      </EmptyState>
    );
  }
  const isRequest = props.services.some(({ needsApproval }) => needsApproval);
  const failure = book.error !== null && (
    <div role="alert" className="mt-4 text-danger">
      <p>{problem(book.error)}</p>
      {refusalOf(book.error)?.code === 'too_many_upcoming' && (
        <p className="my-2">
          <ButtonLink kind="secondary" icon="calendar" href="/visits">
            {t('toVisits')}
          </ButtonLink>
        </p>
      )}
      <ClinicPhone catalogue={props.catalogue} placeId={props.placeId} />
    </div>
  );
  if (props.visitor.kind === 'nobody' && isClosedToGuests(props.services)) {
    return <KnownClientsOnly services={props.services} catalogue={props.catalogue} placeId={props.placeId} />;
  }
  if (props.visitor.kind === 'client') {
    return (
      <ConfirmForm
        visitor={props.visitor}
        note={details.note}
        isRequest={isRequest}
        pending={book.isPending}
        disabled={lapsed}
        onNote={(note) => change({ note })}
        onConfirm={() => book.send(details.note)}
      >
        {failure}
      </ConfirmForm>
    );
  }
  return (
    <GuestForm
      details={details}
      isRequest={isRequest}
      isRegistered={isNew}
      bookPending={book.isPending}
      disabled={lapsed}
      onChange={change}
      onRegistered={() => {
        setIsNew(true);
        book.send(details.note);
        // Should the booking fail, the page knows by then who is signed in.
        router.refresh();
      }}
      onBook={() => book.send(details.note)}
    >
      {failure}
    </GuestForm>
  );
}
