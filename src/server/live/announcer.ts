/**
 * Says "look" to every process that listens. A change writes its event row in its own transaction; the NOTIFY goes out
 * afterwards and coalesced, because a NOTIFY inside the transaction serialises commits (inserts fall to a third).
 * If it is lost, readers still look once a second.
 */
import type { Db } from '../db.ts';

export const lookChannel = 'dermis_look';

export interface Announcer {
  /** Call after the commit. Returns at once; at most one NOTIFY in `pauseMs`. */
  announce(): void;
  stop(): Promise<void>;
}

export function createAnnouncer(db: Db, pauseMs = 30): Announcer {
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<unknown> = Promise.resolve();
  const send = () => {
    timer = undefined;
    sending = db.$executeRawUnsafe(`SELECT pg_notify('${lookChannel}', '')`).catch(() => undefined);
  };
  return {
    announce() {
      timer ??= setTimeout(send, pauseMs);
    },
    async stop() {
      if (timer) clearTimeout(timer);
      timer = undefined;
      await sending;
    },
  };
}
