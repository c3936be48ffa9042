/** Answers of the database's constraints, said as refusals at the field they are about. */
import { type FieldIssue } from '../domain/field-issue.ts';
import { type Result, refuse } from '../domain/refusal.ts';
import { constraintOf, Rollback, sqlState } from './db.ts';

/** What a violated constraint means to whoever filled in the form. */
export type Violations = Readonly<Record<string, FieldIssue>>;

/** Undoes the transaction and hands this refusal to its caller. */
export const undo = (refusal: Result<never>): Rollback<Result<never>> => new Rollback(refusal);

export const invalid = (path: string, code: string, params?: FieldIssue['params']): Result<never> =>
  refuse('invalid_input', { issues: [{ path, code, ...(params ? { params } : {}) }] });

const constraintStates = new Set(['23505', '23503', '23P01', '23514']);

/** Runs a write; a violated constraint named in `violations` becomes a complaint at its field, anything else still throws. */
export async function refusingViolations<T>(
  work: Promise<Result<T>>,
  violations: Violations,
): Promise<Result<T>> {
  try {
    return await work;
  } catch (error) {
    const state = sqlState(error);
    const issue = violations[constraintOf(error) ?? ''];
    if (state === null || !constraintStates.has(state) || !issue) throw error;
    return refuse('invalid_input', { issues: [issue] });
  }
}
