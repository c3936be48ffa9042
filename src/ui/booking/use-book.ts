'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC } from '../trpc/client.ts';
import { keepDetails } from './details-draft.ts';
import { lostBy, type LostStart, sendAgain } from './use-hold.ts';

/** Turns the hold into a visit and leads to its page. Pressed twice, sent twice: booked once. */
export function useBook(
  held: { appointmentId: string; startsAt: number },
  onLost: (lost: LostStart) => void,
) {
  const api = useTRPC();
  const router = useRouter();
  const key = useRef({ appointmentId: '', note: '', idempotencyKey: '' });
  const book = useMutation(api.booking.book.mutationOptions({ networkMode: 'always', retry: sendAgain }));
  return {
    error: book.error !== null && lostBy(book.error, held.startsAt) === null ? book.error : null,
    // The page of the visit is on its way once it is booked.
    isPending: book.isPending || book.isSuccess,
    send(note: string) {
      const { appointmentId } = held;
      if (key.current.appointmentId !== appointmentId || key.current.note !== note)
        key.current = { appointmentId, note, idempotencyKey: newCallKey() };
      const { idempotencyKey } = key.current;
      book.mutate(
        { appointmentId, idempotencyKey, ...(note.trim() === '' ? {} : { note }) },
        {
          onSuccess() {
            keepDetails(null);
            router.push(`/book/confirmed/${appointmentId}`);
          },
          onError(error) {
            const lost = lostBy(error, held.startsAt);
            if (lost) onLost(lost);
          },
        },
      );
    },
  };
}
