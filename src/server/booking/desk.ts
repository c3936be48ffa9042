/** What the staff calendar needs to know of the house: whom and what there is to book, where, and by which clock. */
import type { Db } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import type { HouseService } from '../house/state.ts';

export interface DeskTechnique {
  id: string;
  parentId: string | null;
  name: string;
  selection: 'required' | 'optional' | 'one_of';
  groupKey: string | null;
  minutes: number;
  priceMinor: number;
  /** Who may do it among those who offer the service. */
  specialistIds: string[];
}

export interface DeskService {
  id: string;
  categoryId: string;
  name: string;
  hue: number;
  minutes: number;
  priceMinor: number;
  specialistIds: string[];
  techniques: DeskTechnique[];
}

export interface Desk {
  clinicName: string;
  /** ISO 4217 */
  currency: string;
  slotStepMinutes: number;
  /** Active ones, in their order; never empty where the clinic is set up. */
  locations: { id: string; name: string; timeZone: string }[];
  categories: { id: string; name: string }[];
  /** Everything that may be booked by staff, whether it is sold online or not. Minutes; minor units. */
  services: DeskService[];
  specialists: { id: string; name: string; hue: number; locationId: string }[];
}

/** Promises the bookable house in one read of what the process keeps anyway; nothing personal beyond the team's names. */
export async function readDesk(db: Db): Promise<Desk> {
  const house = await loadHouse(db);
  const team = [...house.specialists.values()].filter(({ isActive }) => isActive);
  const masteryOf = new Map(team.map(({ id, masteredTechniqueIds }) => [id, masteredTechniqueIds ?? []]));
  const services = [...house.services.values()].filter(
    ({ isActive, specialistIds }) => isActive && specialistIds.length > 0,
  );
  const used = new Set(services.map(({ categoryId }) => categoryId));
  return {
    clinicName: house.clinic?.name ?? '',
    currency: house.clinic?.currency ?? 'EUR',
    slotStepMinutes: house.clinic?.policy.slotStepMinutes ?? 15,
    locations: [...house.locations.values()]
      .filter(({ isActive }) => isActive)
      .map(({ id, name, timeZone }) => ({ id, name, timeZone })),
    categories: house.categories.filter(({ id }) => used.has(id)).map(({ id, name }) => ({ id, name })),
    services: services.map((service) => describe(service, masteryOf)),
    specialists: team.map(({ id, name, hue, locationId }) => ({ id, name, hue, locationId })),
  };
}

const describe = (service: HouseService, masteryOf: ReadonlyMap<string, readonly string[]>): DeskService => ({
  id: service.id,
  categoryId: service.categoryId,
  name: service.name,
  hue: service.hue,
  minutes: service.baseMinutes,
  priceMinor: service.priceMinor,
  specialistIds: [...service.specialistIds],
  techniques: service.techniques.map((technique) => ({
    id: technique.id,
    parentId: technique.parentId,
    name: technique.name,
    selection: technique.selection,
    groupKey: technique.groupKey ?? null,
    minutes: technique.minutes,
    priceMinor: technique.priceMinor,
    specialistIds: service.specialistIds.filter(
      (id) => !technique.masteryRequired || masteryOf.get(id)?.includes(technique.id) === true,
    ),
  })),
});
