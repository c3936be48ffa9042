/** What the doctor looks at, and what it says of it. */
import type { LookupFunction } from 'node:net';

/** Codes of second factors change every thirty seconds. */
export const largeDriftMs = 20_000;

export interface Finding {
  /** What was looked at, e.g. `row security`. */
  check: string;
  /** `warn`: works, and shouldn't stay so. `fail`: something promised doesn't hold. */
  state: 'ok' | 'warn' | 'fail';
  /** What was found, for people; never a secret. */
  says: string;
  /** What to do about it; null where all is well. */
  remedy: string | null;
}

export interface Setup {
  /** Settings as the processes are given them. */
  given: Record<string, string | undefined>;
  dataDir: string;
  /** The unprivileged role's address; null where there is no database yet. */
  runtimeUrl: string | null;
  /** The owner's, where it is known here. */
  ownerUrl: string | null;
  now(): Date;
  /** Who vouches for certificates and where names lead, where it is neither the public authorities nor the network's own names. */
  outside?: { ca?: string; lookup?: LookupFunction };
}

/** Says of one thing what it is: `said('clock').ok('…')`. */
export const said = (check: string) => ({
  ok: (says: string): Finding => ({ check, state: 'ok', says, remedy: null }),
  warn: (says: string, remedy: string): Finding => ({ check, state: 'warn', says, remedy }),
  fail: (says: string, remedy: string): Finding => ({ check, state: 'fail', says, remedy }),
});

/** A failure's own words, without what it was asked: addresses hold passwords. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return wordsOf(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return `${code && !message?.includes(code) ? `${code} ` : ''}${message}`.replaceAll(
    /\w+:\/\/\S+/g,
    '(address)',
  );
}

/** A check that can't even be made is a finding of its own. */
export async function guarded(
  check: string,
  work: () => Promise<Finding[]>,
  remedy: string,
): Promise<Finding[]> {
  try {
    return await work();
  } catch (error) {
    return [said(check).fail(wordsOf(error), remedy)];
  }
}

const marks = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL' } as const;

export function tableOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, state, says, remedy }) => [
    `${marks[state]}  ${check.padEnd(width)}  ${says}`,
    ...(remedy === null ? [] : [`      ${' '.repeat(width)}  → ${remedy}`]),
  ]);
  const count = (state: Finding['state']) => findings.filter((each) => each.state === state).length;
  return [...lines, '', `${count('ok')} well, ${count('warn')} to look at, ${count('fail')} to mend`].join(
    '\n',
  );
}
