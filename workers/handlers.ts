/** Job name → command. Each re-reads what its ids name, claims it and acts once: any job may be delivered twice. */
import { expireHold } from '../src/server/booking/hold.ts';
import type { Deps } from '../src/server/deps.ts';
import { runImportJob } from '../src/server/imports/work.ts';
import { notifyAccount, notifySignIn, sendReset } from '../src/server/notifications/account-letters.ts';
import { notifyAppointment, sendProofCode } from '../src/server/notifications/compose.ts';
import type { Outside } from '../src/server/notifications/outside.ts';
import { sendMessage } from '../src/server/notifications/send.ts';
import type { JobName, JobPayload } from '../src/server/queue.ts';

export interface JobContext {
  jobId: string;
  /** 0 the first time. */
  retryCount: number;
  /** Aborted when the job has run out of time or the worker stops. */
  signal: AbortSignal;
}

export type JobHandler<N extends JobName> = (
  deps: Deps,
  payload: JobPayload<N>,
  context: JobContext,
) => Promise<void>;

export type JobHandlers = { [N in JobName]?: JobHandler<N> };

export const handlersWith = (outside: Outside): JobHandlers => ({
  'expire-hold': (deps, { appointmentId }) => expireHold(deps, appointmentId),
  'notify-appointment': (deps, job) => notifyAppointment(deps, outside, job),
  'send-proof-code': (deps, { proofId }) => sendProofCode(deps, proofId),
  'send-reset': (deps, job) => sendReset(deps, outside, job),
  'notify-account': (deps, job) => notifyAccount(deps, outside, job),
  'notify-sign-in': (deps, job) => notifySignIn(deps, outside, job),
  'run-import': (deps, { batchId }, { signal }) => runImportJob(deps, batchId, signal),
  'send-message': (deps, { messageId }) => sendMessage(deps, outside, messageId),
});
