import { tracked } from '@trpc/server';
import { z } from 'zod';
import type { LiveBatch, LiveEvent } from '../../server/live/hub.ts';
import { ownEvents } from '../../server/live/own-events.ts';
import { router, signedInProcedure } from '../trpc.ts';

/** Batches of one subscriber, handed over one by one; waiting ends when the stream is aborted. */
function inbox(signal: AbortSignal | undefined) {
  const waiting: LiveBatch[] = [];
  let wake: (() => void) | undefined;
  signal?.addEventListener('abort', () => wake?.());
  return {
    push(batch: LiveBatch) {
      waiting.push(batch);
      wake?.();
    },
    async next(): Promise<LiveBatch | null> {
      while (waiting.length === 0 && !signal?.aborted) {
        await new Promise<void>((go) => {
          wake = go;
        });
      }
      return waiting.shift() ?? null;
    },
  };
}

export const liveRouter = router({
  /** One stream a browser: says which days and records changed, never what they hold. */
  changes: signedInProcedure('live.listen')
    .input(z.object({ lastEventId: z.string().max(40).nullish() }).optional())
    .subscription(async function* ({ ctx, input, signal }) {
      const box = inbox(signal);
      const leave = ctx.hub.subscribe(box.push);
      const revocationCheck = setInterval(() => {
        void ctx.identifyAgain().then(
          ({ session }) => {
            if (!session) box.push({ events: [], cursor: '', reset: true });
          },
          () => undefined,
        );
      }, 1_500);
      const { actor } = ctx;
      const meantFor = async (events: LiveEvent[]) =>
        actor.kind === 'staff' ? events : ownEvents(ctx.deps.db, actor.clientId, events);
      try {
        const missed = await ctx.hub.since(input?.lastEventId ?? null);
        yield tracked(missed.cursor, { events: await meantFor(missed.events), reset: missed.reset });
        for (;;) {
          const batch = await box.next();
          if (!batch || signal?.aborted) return;
          // An open stream must not outlive the right to it.
          const { session } = await ctx.identifyAgain();
          if (session?.accountId !== ctx.session.accountId) return;
          const events = await meantFor(batch.events);
          // To a client most of what happens is no news at all.
          const isNews = actor.kind === 'staff' || events.length > 0 || batch.reset;
          if (batch.cursor && isNews) yield tracked(batch.cursor, { events, reset: batch.reset });
        }
      } finally {
        clearInterval(revocationCheck);
        leave();
      }
    }),
});
