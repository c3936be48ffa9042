/** Telling a database that is away from a statement that is wrong: the first is worth another try, the second is a bug. */
import { sqlState } from './db.ts';

/** Classes of SQLSTATE in which the server is away, going down, or out of what it needs; and single states of waiting too long. */
const unavailableClasses = new Set(['08', '53', '58']);
const unavailableStates = new Set([
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '57014',
  '55P03',
  '25P03',
  '25P04',
  '40001',
  '40P01',
]);
/** What drivers and the network say where no server answered. */
const unavailableCodes = new Set([
  // The house's own: more passwords to verify than it can take (`passwords.ts`).
  'HASHING_BUSY',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
]);
const unavailableWords =
  /timeout exceeded when trying to connect|connection timeout|Connection terminated|Query read timeout|not queryable|Can't reach database|Connection closed|Connection lost/i;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** True where the database did not answer in time or at all: the same request may well succeed a moment later. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null && (unavailableStates.has(state) || unavailableClasses.has(state.slice(0, 2))))
    return true;
  for (
    let at = error, depth = 0;
    isObject(at) && depth < 5;
    at = 'cause' in at ? at.cause : undefined, depth++
  ) {
    if ('code' in at && typeof at.code === 'string' && unavailableCodes.has(at.code)) return true;
    if (at instanceof Error && unavailableWords.test(at.message)) return true;
  }
  return false;
}
