'use client';

import { useState } from 'react';
import { newCallKey } from '../trpc/call-key.ts';
import type { Draft } from './draft.ts';
import type { Desk } from './types.ts';
import { localDateOf } from './wall.ts';

/** Where a new visit is begun from: a click on the grid, a free stretch of the first page, or nowhere in particular. */
export interface DraftStart {
  locationId: string;
  date: string;
  startsAt?: number;
  /** Null: anyone. */
  specialistId?: string | null;
}

function emptyDraft({ locationId, date, startsAt, specialistId }: DraftStart): Draft {
  return {
    locationId,
    client: null,
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

/** The form of a new visit: closed or not, what was typed stays until it is booked. */
export function useDraft(desk: Desk) {
  const [draft, setDraft] = useState(() => linkedDraft(desk));
  const [opened, setOpened] = useState(draft !== null);
  return {
    draft: opened ? draft : null,
    setDraft,
    begin(start: DraftStart) {
      setOpened(true);
      setDraft((kept) => {
        if (!kept) return emptyDraft(start);
        const [first, ...others] = kept.items;
        const { specialistId } = start;
        return {
          ...kept,
          locationId: start.locationId,
          date: start.date,
          startsAt: start.startsAt ?? kept.startsAt,
          items:
            specialistId !== undefined && first && others.length === 0
              ? [{ ...first, specialistId }]
              : kept.items,
        };
      });
    },
    close: () => setOpened(false),
    clear() {
      setOpened(false);
      setDraft(null);
    },
  };
}
