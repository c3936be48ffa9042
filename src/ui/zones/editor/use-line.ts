'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { done, type Result } from '../../../domain/refusal.ts';
import { toast } from '../../kit/toasts.ts';
import { refusalOf } from '../../trpc/refusal.ts';
import type { Ticket } from '../live/connection.ts';
import { type OpenLine, openLine } from './shared-line.ts';

/** A line for as long as the page shows this drawing; null while it is being opened. */
export function useLine(wish: {
  schemeId: string;
  generation: number;
  owner: string | null;
  askTicket: () => Promise<Ticket>;
}): OpenLine | null {
  const t = useTranslations('zones.editor');
  const { schemeId, generation, owner } = wish;
  const [line, setLine] = useState<OpenLine | null>(null);
  const fetchTicket = useEffectEvent(() => asResult(wish.askTicket()));
  const say = useEffectEvent((words: 'found.merged' | 'notTaken') =>
    toast(t(words), { tone: words === 'notTaken' ? 'attention' : 'settled' }),
  );
  useEffect(() => {
    let isOver = false;
    const opening = openLine({
      schemeId,
      generation,
      owner,
      fetchTicket: () => fetchTicket(),
      onRefused: () => say('notTaken'),
    });
    void opening.then((opened) => {
      if (isOver) return;
      setLine(opened);
      if (opened.read().hasMerged) say('found.merged');
    });
    return () => {
      isOver = true;
      setLine(null);
      void opening.then((opened) => opened.close());
    };
  }, [schemeId, generation, owner]);
  return line;
}

/** A refusal is an answer; a network that is away is none. */
async function asResult(asked: Promise<Ticket>): Promise<Result<Ticket>> {
  try {
    return done(await asked);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return { ok: false, refusal };
  }
}
