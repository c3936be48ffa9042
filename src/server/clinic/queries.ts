/** Settings as their pages show them. */
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { Db } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import type { HouseClinic, HouseLocation } from '../house/state.ts';

/** Clinic, booking policy and locations. Refuses `not_found` where no clinic was set up. */
export async function readSettings(
  db: Db,
): Promise<Result<{ clinic: HouseClinic; locations: HouseLocation[] }>> {
  const { clinic, locations } = await loadHouse(db);
  return clinic
    ? done({ clinic, locations: [...locations.values()] })
    : refuse('not_found', { noun: 'clinic' });
}
