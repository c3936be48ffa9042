/** A route handler's "no", by name: as the procedures say it. */
import type { Refusal } from '../../domain/refusal.ts';

export const refused = (status: number, code: Refusal['code']): Response =>
  Response.json({ refusal: { code } }, { status, headers: { 'cache-control': 'no-store' } });
