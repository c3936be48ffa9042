import type { OpenSession } from '../server/access/sessions.ts';

/** So long a proof is fresh: enough for one errand, too short for a tablet left behind. */
const freshMs = 10 * 60_000;

/** Whether who holds this session proved it lately; never after a PIN. */
export const isFreshlyProven = (session: OpenSession | null, now: Date): boolean =>
  session?.provenAt != null && now.getTime() - session.provenAt.getTime() <= freshMs;
