'use client';
'use no memo';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { connectEventSource } from '../live/event-source.ts';
import { browserSurroundings, openLiveStream } from '../live/live-stream.ts';

/** Reads the page again whenever one of the client's visits was changed, here or at the clinic. */
export function RefreshOnChange() {
  const router = useRouter();
  useEffect(() => {
    return openLiveStream(
      connectEventSource,
      '',
      {
        onBatch({ events, reset }) {
          if (reset || events.some(({ topic }) => topic === 'calendar')) router.refresh();
        },
        onState: () => undefined,
      },
      browserSurroundings(),
    );
  }, [router]);
  return null;
}
