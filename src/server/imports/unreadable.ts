/** A file that can't be read at all, thrown from the depth of a stream and answered as a refusal. */
import { type RefusalData, type Result, refuse } from '../../domain/refusal.ts';

type Reason = RefusalData['unreadable_file']['reason'];

export class UnreadableFile extends Error {
  readonly reason: Reason;
  readonly detail: string | undefined;
  constructor(reason: Reason, detail?: string) {
    super(reason);
    this.reason = reason;
    this.detail = detail;
  }
}

/** Runs `work`; an `UnreadableFile` becomes the refusal `unreadable_file`, anything else is a bug and goes on up. */
export async function readingFile<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { reason, detail } = error;
    return refuse('unreadable_file', detail === undefined ? { reason } : { reason, detail });
  }
}

export const maxFileBytes = 200 * 1024 * 1024;
export const maxRows = 1_000_000;
export const maxColumns = 200;
export const maxCellLength = 100_000;
