'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ButtonLink } from '../kit/button.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { EmptyState } from '../kit/states.tsx';
import type { BookableService, Catalogue } from './catalogue.ts';
import { ClinicPhone } from './clinic-phone.tsx';
import { ConfirmForm } from './confirm-form.tsx';
import { type Details, keepDetails, readDetails } from './details-draft.ts';
import { GuestForm } from './guest-form.tsx';
import { KnownClientsOnly, isClosedToGuests } from './known-clients-only.tsx';
import { useBook } from './use-book.ts';
import type { LostStart } from './use-hold.ts';
import type { Visitor } from './visitor.ts';

interface DetailsStepProps {
  catalogue: Catalogue;
  placeId: string | null;
  services: readonly BookableService[];
  visitor: Visitor;
  held: { appointmentId: string; startsAt: number };
  /** True while there is nothing to book: the forms stay with what was typed, their button waits. */
  lapsed: boolean;
  onLost: (lost: LostStart) => void;
}

/** Who comes: one form for those who are new, one press for those who are known. */
export default function DetailsStep(props: DetailsStepProps) {
  const t = useTranslations('booking');
  const router = useRouter();
  const problem = useProblemText();
  const [details, setDetails] = useState(readDetails);
  const [isNew, setIsNew] = useState(false);
  const book = useBook(props.held, props.onLost);
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
        disabled={props.lapsed}
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
      disabled={props.lapsed}
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
