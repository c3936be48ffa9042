/** What anyone may see before booking: services sold online, who does them, and what they may come to. */
import { reachOf } from '../../domain/technique.ts';
import type { Db } from '../db.ts';
import { loadHouse } from '../house/load.ts';
import type { HouseService, HouseSpecialist } from '../house/state.ts';

export interface Range {
  from: number;
  to: number;
}
export interface PublicTechnique {
  id: string;
  parentId: string | null;
  name: string;
  description: string | null;
  selection: 'required' | 'optional' | 'one_of';
  groupKey: string | null;
  minutes: number;
  priceMinor: number;
  /** Specialists who may do it, among those who offer the service. */
  specialistIds: string[];
}
export interface PublicService {
  id: string;
  categoryId: string;
  name: string;
  description: string | null;
  isPriceFrom: boolean;
  bookableBy: 'everyone' | 'existing' | 'invited';
  needsApproval: boolean;
  hue: number;
  /** Over everyone who does it and every selection allowed. Minutes; minor units. */
  minutes: Range;
  priceMinor: Range;
  techniques: PublicTechnique[];
  /** On whose terms: without techniques, minutes and money as this person asks. */
  specialists: { id: string; minutes: number; priceMinor: number }[];
  /** Names of what must have been done before. */
  prerequisites: { name: string; minHours: number; maxDays: number | null }[];
}
export interface PublicCatalogue {
  clinicName: string;
  currency: string;
  categories: { id: string; name: string }[];
  services: PublicService[];
  specialists: { id: string; name: string; title: string | null; hue: number }[];
  locations: { id: string; name: string; timeZone: string; address: string | null; phone: string | null }[];
}

/** Techniques this person may do, on their own terms. One needing mastery they lack is not among them. */
function termsFor(service: HouseService, specialist: HouseSpecialist) {
  const mastered = new Set(specialist.masteredTechniqueIds ?? []);
  return service.techniques
    .filter((technique) => !technique.masteryRequired || mastered.has(technique.id))
    .map((technique) => ({
      key: technique.id,
      parentKey: technique.parentId,
      selection: technique.selection,
      groupKey: technique.groupKey ?? null,
      minutes: specialist.techniques[technique.id]?.minutes ?? technique.minutes,
      priceMinor: specialist.techniques[technique.id]?.priceMinor ?? technique.priceMinor,
    }));
}

/** Someone who lacks what the service always includes, or every member of a choice, can't do it at all. */
function canDo(service: HouseService, specialist: HouseSpecialist): boolean {
  const doable = new Set(termsFor(service, specialist).map(({ key }) => key));
  const top = service.techniques.filter(({ parentId }) => parentId === null);
  return top.every(
    (technique) =>
      technique.selection === 'optional' ||
      doable.has(technique.id) ||
      (technique.selection === 'one_of' &&
        top.some(
          (other) =>
            other.selection === 'one_of' && other.groupKey === technique.groupKey && doable.has(other.id),
        )),
  );
}

function describe(service: HouseService, team: readonly HouseSpecialist[]): PublicService {
  const offers = team.map((specialist) => {
    const own = specialist.services[service.id];
    const base = {
      minutes: own?.minutes ?? service.baseMinutes,
      priceMinor: own?.priceMinor ?? service.priceMinor,
    };
    return { id: specialist.id, base, ...reachOf(base, termsFor(service, specialist)) };
  });
  const range = (measure: 'minutes' | 'priceMinor'): Range => ({
    from: Math.min(...offers.map(({ least }) => least[measure])),
    to: Math.max(...offers.map(({ most }) => most[measure])),
  });
  return {
    id: service.id,
    categoryId: service.categoryId,
    name: service.name,
    description: service.description,
    isPriceFrom: service.isPriceFrom,
    bookableBy: service.bookableBy,
    needsApproval: service.needsApproval,
    hue: service.hue,
    minutes: range('minutes'),
    priceMinor: range('priceMinor'),
    techniques: service.techniques.map((technique) => ({
      id: technique.id,
      parentId: technique.parentId,
      name: technique.name,
      description: technique.description,
      selection: technique.selection,
      groupKey: technique.groupKey ?? null,
      minutes: technique.minutes,
      priceMinor: technique.priceMinor,
      specialistIds: team
        .filter(
          ({ masteredTechniqueIds }) =>
            !technique.masteryRequired || masteredTechniqueIds?.includes(technique.id),
        )
        .map(({ id }) => id),
    })),
    specialists: offers.map(({ id, base }) => ({ id, ...base })),
    prerequisites: service.prerequisites.map(({ requiredServiceName, minHours, maxDays }) => ({
      name: requiredServiceName,
      minHours,
      maxDays,
    })),
  };
}

/** Promises what is sold online by somebody who takes online bookings, and nothing personal beyond names and titles. */
export async function publicCatalogue(db: Db): Promise<PublicCatalogue> {
  const house = await loadHouse(db);
  const services: PublicService[] = [];
  const shown = new Set<string>();
  for (const service of house.services.values()) {
    if (!service.isActive || !service.isOnline) continue;
    const team = service.specialistIds
      .map((id) => house.specialists.get(id))
      .filter(
        (specialist): specialist is HouseSpecialist =>
          specialist?.isOnline === true && canDo(service, specialist),
      );
    if (team.length === 0) continue;
    for (const { id } of team) shown.add(id);
    services.push(describe(service, team));
  }
  const categoryIds = new Set(services.map(({ categoryId }) => categoryId));
  return {
    clinicName: house.clinic?.name ?? '',
    currency: house.clinic?.currency ?? 'EUR',
    categories: house.categories
      .filter(({ id }) => categoryIds.has(id))
      .map(({ id, name }) => ({ id, name })),
    services,
    specialists: [...house.specialists.values()]
      .filter(({ id }) => shown.has(id))
      .map(({ id, name, title, hue }) => ({ id, name, title, hue })),
    locations: [...house.locations.values()]
      .filter(({ isActive }) => isActive)
      .map(({ id, name, timeZone, address, phone }) => ({ id, name, timeZone, address, phone })),
  };
}
