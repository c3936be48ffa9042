/** A fault of ours as the log is told of it: what kind and where, never its words, which may quote what somebody typed. */
import { sqlState } from '../../server/db.ts';

const shownFrames = 12;

export interface Fault {
  error: string;
  /** SQLSTATE, or the library's own code. */
  code: string | null;
  at: string[];
}

function codeOf(error: unknown): string | null {
  const state = sqlState(error);
  if (state !== null) return state;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { error: typeof error, code: null, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    code: codeOf(error),
    at: frames.slice(0, shownFrames).map((line) => line.trim()),
  };
}
