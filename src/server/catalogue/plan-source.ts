/** What `resolvePlan` is told about services and people, as the catalogue stands now. */
import type { Db, Tx } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import type { HouseClinic, HouseService, HouseSpecialist } from '../house/state.ts';

export interface PlanSource {
  clinic: HouseClinic | null;
  /** By id; ids that don't exist are absent. Inactive services are here with `isActive: false`: the caller refuses. */
  services: ReadonlyMap<string, HouseService>;
  /** By id, by rank: those asked for, or (null) every active one who offers *all* of the services. */
  specialists: ReadonlyMap<string, HouseSpecialist>;
}

/**
 * Promises services with active techniques, needs and prerequisites, and per specialist own minutes, prices and mastery,
 * ready for `resolvePlan` (`{ service, techniques: service.techniques, chosenTechniqueIds, specialist }`).
 * A specialist offers a service exactly when `specialist.services` has it. Minutes; money in minor units. Writes nothing.
 */
export async function loadPlanSource(
  client: Db | Tx,
  ask: { serviceIds: readonly string[]; specialistIds: readonly string[] | null },
): Promise<PlanSource> {
  const house = await loadHouse(client);
  const services = new Map<string, HouseService>();
  for (const id of ask.serviceIds) {
    const service = house.services.get(id);
    if (service) services.set(id, service);
  }
  const specialists = new Map<string, HouseSpecialist>();
  for (const [id, specialist] of house.specialists) {
    const wanted =
      ask.specialistIds === null
        ? specialist.isActive && ask.serviceIds.every((serviceId) => serviceId in specialist.services)
        : ask.specialistIds.includes(id);
    if (wanted) specialists.set(id, specialist);
  }
  return { clinic: house.clinic, services, specialists };
}
