'use client';

import { useSearchParams } from 'next/navigation';
import { showAddress } from '../kit/show-address.ts';
import { type MessageKind, messageKinds, type MessageStatus, messageStatuses } from '../../domain/message.ts';

export interface OutboxAddress {
  search: string;
  status: MessageStatus | null;
  kind: MessageKind | null;
  /** The message whose drawer is open. */
  open: string | null;
}

/** What of the outbox stands in the address, and how to change it without a visit to the server. */
export function useOutboxAddress(): [OutboxAddress, (part: Partial<OutboxAddress>) => void] {
  const params = useSearchParams();
  const open = params.get('open');
  const address: OutboxAddress = {
    search: (params.get('q') ?? '').slice(0, 80),
    status: messageStatuses.find((each) => each === params.get('status')) ?? null,
    kind: messageKinds.find((each) => each === params.get('kind')) ?? null,
    open: open !== null && /^[\da-f-]{36}$/.test(open) ? open : null,
  };
  return [
    address,
    (part) => {
      const next = { ...address, ...part };
      const parts: [string, string | null][] = [
        ['q', next.search || null],
        ['status', next.status],
        ['kind', next.kind],
        ['open', next.open],
      ];
      const given = parts.filter((each): each is [string, string] => each[1] !== null);
      const query = given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
      showAddress(`${window.location.pathname}${query}`, 'replace');
    },
  ];
}
