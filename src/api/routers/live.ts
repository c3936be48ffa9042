import { tracked } from '@trpc/server';
import { z } from 'zod';
import type { OpenSession } from '../../server/access/sessions.ts';
import type { LiveBatch, LiveEvent } from '../../server/live/hub.ts';
import { ownEvents } from '../../server/live/own-events.ts';
import { staffEvents } from '../../server/live/staff-events.ts';
import { type Context, router, signedInProcedure } from '../trpc.ts';

/** A reader too slow for so many batches is told to read everything again instead. */
const maxWaiting = 100;

/** Batches of one subscriber, handed over one by one; waiting ends when the stream is aborted. */
function inbox(signal: AbortSignal | undefined) {
  const waiting: LiveBatch[] = [];
  let wake: (() => void) | undefined;
  signal?.addEventListener('abort', () => wake?.());
  return {
    push(batch: LiveBatch) {
      if (waiting.length >= maxWaiting)
        waiting.splice(0, waiting.length, { ...batch, events: [], reset: true });
      else waiting.push(batch);
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

/** Who listens, looked at again all the while: a stream must not outlive the right to it, nor show what another role saw. */
function watchListener(
  ctx: Pick<Context, 'identifyAgain'> & { session: OpenSession },
  onEnd: () => void,
): { actor(): OpenSession['actor'] | null; stop(): void } {
  let actor: OpenSession['actor'] | null = ctx.session.actor;
  const timer = setInterval(() => {
    void ctx.identifyAgain().then(
      ({ session }) => {
        actor = session?.accountId === ctx.session.accountId ? session.actor : null;
        if (!actor) onEnd();
      },
      () => undefined, // the database is away, and tells no news either
    );
  }, 1_500);
  return { actor: () => actor, stop: () => clearInterval(timer) };
}

export const liveRouter = router({
  /** One stream a browser: says which days and records changed, never what they hold. */
  changes: signedInProcedure('live.listen')
    .input(z.object({ lastEventId: z.string().max(40).nullish() }).optional())
    .subscription(async function* ({ ctx, input, signal }) {
      if (signal?.aborted) return;
      const box = inbox(signal);
      const leave = ctx.hub.subscribe(box.push);
      const listener = watchListener(ctx, () => box.push({ events: [], cursor: '', reset: true }));
      const end = () => {
        listener.stop();
        leave();
      };
      // A reader who leaves before the first message was fetched never comes back to the `finally`.
      signal?.addEventListener('abort', end, { once: true });
      const meantFor = async (actor: OpenSession['actor'], events: LiveEvent[]) =>
        actor.kind === 'staff'
          ? staffEvents(ctx.deps.db, actor, events)
          : ownEvents(ctx.deps.db, actor.clientId, events);
      try {
        const missed = await ctx.hub.since(input?.lastEventId ?? null);
        yield tracked(missed.cursor, {
          events: await meantFor(ctx.actor, missed.events),
          reset: missed.reset,
        });
        for (;;) {
          const batch = await box.next();
          const actor = listener.actor();
          if (!batch || !actor || signal?.aborted) return;
          const events = await meantFor(actor, batch.events);
          // To a client most of what happens is no news at all.
          const isNews = actor.kind === 'staff' || events.length > 0 || batch.reset;
          if (batch.cursor && isNews) yield tracked(batch.cursor, { events, reset: batch.reset });
        }
      } finally {
        end();
      }
    }),
});
