/** A refusal on its way to the browser: as an error of the transport, with the refusal inside. */
import { TRPCError } from '@trpc/server';
import type { Refusal, RefusalCode } from '../domain/refusal.ts';

export class RefusalError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

type HttpCode =
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_REQUEST'
  | 'CONFLICT'
  | 'SERVICE_UNAVAILABLE';
const httpCodes: Partial<Record<RefusalCode, HttpCode>> = {
  not_signed_in: 'UNAUTHORIZED',
  wrong_credentials: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  account_blocked: 'FORBIDDEN',
  proof_needed: 'FORBIDDEN',
  second_factor_needed: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid_input: 'BAD_REQUEST',
  unreadable_file: 'BAD_REQUEST',
  busy: 'SERVICE_UNAVAILABLE',
};

export function refusalError(refusal: Refusal): TRPCError {
  return new TRPCError({
    code: httpCodes[refusal.code] ?? 'CONFLICT',
    message: refusal.code,
    cause: new RefusalError(refusal),
  });
}
