import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from '../../api/root.ts';
import type { Refusal } from '../../domain/refusal.ts';

type ApiError = TRPCClientError<AppRouter>;

const isApiError = (error: unknown): error is ApiError => error instanceof TRPCClientError;

/** The refusal behind a failed call, with its data to act on; null where it failed for another reason. */
export const refusalOf = (error: unknown): Refusal | null =>
  isApiError(error) ? (error.data?.refusal ?? null) : null;

/** Whether the call never reached the server or its answer never came back. */
export const isUnanswered = (error: unknown): boolean => isApiError(error) && error.data === undefined;

/** One field's complaint: the path of the field and the key of its words in `refusals.field`. */
export interface FieldProblem {
  path: string;
  code: string;
  params: Record<string, string | number>;
}

/** What is wrong with which field, from the schema's own check or from the command's refusal. */
export function fieldProblemsOf(error: unknown): FieldProblem[] {
  const refusal = refusalOf(error);
  if (refusal?.code === 'invalid_input') {
    return refusal.issues.map(({ path, code, params }) => ({ path, code, params: params ?? {} }));
  }
  if (refusal?.code === 'taken') return [{ path: refusal.field, code: 'taken', params: {} }];
  if (!isApiError(error)) return [];
  const issues = error.data?.formErrors ?? null;
  // Schemas name their complaint by a key; where one doesn't, the schema's own kind of issue is the key.
  return (issues ?? []).map(({ path, code, message }) => ({
    path,
    code: /^[a-z_]+$/.test(message) ? message : code,
    params: {},
  }));
}
