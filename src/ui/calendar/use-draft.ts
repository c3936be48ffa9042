'use client';

import { useState } from 'react';
import { newCallKey } from '../trpc/call-key.ts';
import type { Draft, DraftClient } from './draft.ts';
import type { Desk } from './types.ts';
import { localDateOf } from './wall.ts';

/** Where a new visit is begun from: a click on the grid, a free stretch of the first page, or nowhere in particular. */
export interface DraftStart {
  locationId: string;
  date: string;
  startsAt?: number;
  /** Null: anyone. */
  specialistId?: string | null;
  /** For whom, where that is already known. */
  client?: DraftClient;
}

function emptyDraft({ locationId, date, startsAt, specialistId, client }: DraftStart): Draft {
  return {
    locationId,
    client: client ?? null,
    items: [{ key: 1, serviceId: null, techniqueIds: [], specialistId: specialistId ?? null }],
    date,
    startsAt: startsAt ?? null,
    note: '',
    overrideReason: '',
    callKey: newCallKey(),
  };
}

/** A link from elsewhere: `?new=<instant>&at=<location>&for=<specialist>`. */
function linkedDraft(desk: Desk): Draft | null {
  const params = new URLSearchParams(window.location.search);
  const startsAt = Number(params.get('new') ?? Number.NaN);
  const location = desk.locations.find(({ id }) => id === params.get('at')) ?? desk.locations[0];
  if (!Number.isSafeInteger(startsAt) || !location) return null;
  const date = localDateOf(startsAt, location.timeZone);
  return emptyDraft({ locationId: location.id, date, startsAt, specialistId: params.get('for') });
}

/** The form of a new visit: closed or not, what was typed stays until it is booked. `asked`: what the page's address begins with. */
export function useDraft(desk: Desk, asked: DraftStart | null) {
  const [draft, setDraft] = useState(() => linkedDraft(desk));
  const [opened, setOpened] = useState(draft !== null);
  const [begun, setBegun] = useState<DraftClient>();
  function begin(start: DraftStart) {
    setOpened(true);
    setDraft((kept) => {
      // What was typed for somebody else is not theirs.
      if (!kept || (start.client && kept.client && kept.client.id !== start.client.id))
        return emptyDraft(start);
      const [first, ...others] = kept.items;
      const { specialistId } = start;
      return {
        ...kept,
        client: start.client ?? kept.client,
        locationId: start.locationId,
        date: start.date,
        startsAt: start.startsAt ?? kept.startsAt,
        items:
          specialistId !== undefined && first && others.length === 0
            ? [{ ...first, specialistId }]
            : kept.items,
      };
    });
  }
  // Each time the page is asked for with a client: the client's object is new then, and only then.
  if (asked?.client && asked.client !== begun) {
    setBegun(asked.client);
    begin(asked);
  }
  return {
    draft: opened ? draft : null,
    setDraft,
    begin,
    close: () => setOpened(false),
    clear() {
      setOpened(false);
      setDraft(null);
    },
  };
}
