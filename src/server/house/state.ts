/** The catalogue and the hours as the engine reads them: plain values, put together from one query a table. */
import { z } from 'zod';
import type { Need, ServiceTerms, SpecialistTerms, TechniqueTerms } from '../../domain/plan.ts';
import type { HoursException, Schedule } from '../../domain/schedule.ts';
import type { Db, Tx } from '../db.ts';

export interface HousePolicy {
  holdMinutes: number;
  slotStepMinutes: number;
  startAlignment: 'schedule' | 'gap' | 'tight';
  noCrumbsMinutes: number;
  minNoticeMinutes: number;
  horizonDays: number;
  sameDayCutoffMinute: number | null;
  maxUpcomingPerClient: number;
  cancelWindowMinutes: number;
  anySpecialistRule: 'least_busy' | 'rank';
}

export interface HouseClinic {
  id: string;
  name: string;
  currency: string;
  defaultLocale: string;
  accentColor: string | null;
  /** Whether a visit with a specialist opens the client's card to them. */
  visitsGrantAccess: boolean;
  /** Of these fields; the policy has its own. */
  version: number;
  policy: HousePolicy;
  policyVersion: number;
}

export interface HouseLocation {
  id: string;
  name: string;
  timeZone: string;
  address: string | null;
  phone: string | null;
  rank: number;
  isActive: boolean;
  version: number;
}

export interface HousePrerequisite {
  requiredServiceId: string;
  requiredServiceName: string;
  minHours: number;
  maxDays: number | null;
}

export interface HouseTechnique extends TechniqueTerms {
  readonly description: string | null;
}

/** A service with its *active* techniques, in rank order. Minutes; money in minor units. */
export interface HouseService extends ServiceTerms {
  readonly categoryId: string;
  readonly code: string | null;
  readonly description: string | null;
  readonly isPriceFrom: boolean;
  /** Own step of starts; null = the clinic's. */
  readonly slotStepMinutes: number | null;
  readonly isOnline: boolean;
  readonly bookableBy: 'everyone' | 'existing' | 'invited';
  readonly needsApproval: boolean;
  readonly hue: number;
  readonly rank: number;
  readonly isActive: boolean;
  readonly techniques: readonly HouseTechnique[];
  readonly prerequisites: readonly HousePrerequisite[];
  /** Active specialists who offer it, by rank, then name. */
  readonly specialistIds: readonly string[];
}

/** `services` holds what the specialist offers and nothing else; `masteredTechniqueIds` is never null here. */
export interface HouseSpecialist extends SpecialistTerms {
  readonly name: string;
  readonly title: string | null;
  readonly hue: number;
  readonly rank: number;
  readonly locationId: string;
  readonly maxPerDay: number | null;
  readonly isOnline: boolean;
  readonly isActive: boolean;
}

export interface HouseResource {
  readonly id: string;
  /** Where it belongs; a specialist may have hours elsewhere too. */
  readonly locationId: string;
  readonly kind: 'specialist' | 'room' | 'device';
  readonly type: string;
  readonly name: string;
  readonly rank: number;
  readonly isActive: boolean;
}

export interface HouseClosure {
  readonly id: string;
  readonly locationId: string;
  readonly dateFrom: string;
  readonly dateTo: string;
  readonly name: string;
  readonly version: number;
}

export interface House {
  /** Null before the first settings are saved. */
  readonly clinic: HouseClinic | null;
  readonly locations: ReadonlyMap<string, HouseLocation>;
  readonly categories: readonly { id: string; name: string; rank: number }[];
  readonly services: ReadonlyMap<string, HouseService>;
  readonly specialists: ReadonlyMap<string, HouseSpecialist>;
  readonly resources: ReadonlyMap<string, HouseResource>;
  /** Schedules by resource, each with its location. */
  readonly schedules: ReadonlyMap<string, readonly (Schedule & { locationId: string })[]>;
  readonly exceptions: ReadonlyMap<string, readonly HoursException[]>;
  readonly closures: readonly HouseClosure[];
}

export const storedSpans = z.array(
  z.object({
    startMinute: z.number(),
    endMinute: z.number(),
    breaks: z.array(z.object({ startMinute: z.number(), endMinute: z.number() })).optional(),
  }),
);
const alignment = z.enum(['schedule', 'gap', 'tight']);
const anyRule = z.enum(['least_busy', 'rank']);
const bookableBy = z.enum(['everyone', 'existing', 'invited']);
const selection = z.enum(['required', 'optional', 'one_of']);
const needKind = z.enum(['room', 'device']);
const resourceKind = z.enum(['specialist', 'room', 'device']);
const exceptionKind = z.enum(['closed', 'replace', 'extra', 'break']);

/** A calendar date as the driver gives it (midnight UTC), written `YYYY-MM-DD`. */
export const dateText = (date: Date): string => date.toISOString().slice(0, 10);
const dateOrNull = (date: Date | null): string | null => (date === null ? null : dateText(date));

function grouped<R, V>(
  rows: readonly R[],
  keyOf: (row: R) => string | null,
  valueOf: (row: R) => V,
): Map<string, V[]> {
  const out = new Map<string, V[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const list = out.get(key);
    if (list) list.push(valueOf(row));
    else out.set(key, [valueOf(row)]);
  }
  return out;
}

/** Reads the whole house: one query a table, whatever its size. */
export async function readHouse(client: Db | Tx): Promise<House> {
  const byRank = [{ rank: 'asc' as const }, { name: 'asc' as const }];
  const clinic = await client.clinic.findFirst();
  const locations = await client.location.findMany({ orderBy: byRank });
  const categories = await client.serviceCategory.findMany({ orderBy: byRank });
  const services = await client.service.findMany({ orderBy: byRank });
  const techniques = await client.technique.findMany({ where: { isActive: true }, orderBy: byRank });
  const requirements = await client.resourceRequirement.findMany({ orderBy: { resourceType: 'asc' } });
  const prerequisites = await client.servicePrerequisite.findMany({ orderBy: { requiredServiceId: 'asc' } });
  const resources = await client.resource.findMany({ orderBy: [...byRank, { id: 'asc' }] });
  const specialists = await client.specialist.findMany();
  const offers = await client.specialistService.findMany();
  const masteries = await client.specialistTechnique.findMany();
  const schedules = await client.schedule.findMany({ orderBy: { validFrom: 'asc' } });
  const weekly = await client.weeklyInterval.findMany({
    orderBy: [{ weekday: 'asc' }, { startMinute: 'asc' }],
  });
  const exceptions = await client.scheduleException.findMany({ orderBy: { dateFrom: 'asc' } });
  const closures = await client.closure.findMany({ orderBy: { dateFrom: 'asc' } });

  const needOf = (row: (typeof requirements)[number]): Need => ({
    kind: needKind.parse(row.kind),
    type: row.resourceType,
    count: row.count,
  });
  const needsByService = grouped(requirements, (row) => row.serviceId, needOf);
  const needsByTechnique = grouped(requirements, (row) => row.techniqueId, needOf);
  const techniquesByService = grouped(
    techniques,
    (row) => row.serviceId,
    (row): HouseTechnique => ({
      id: row.id,
      parentId: row.parentId,
      name: row.name,
      description: row.description,
      selection: selection.parse(row.selection),
      groupKey: row.groupKey,
      minutes: row.minutes,
      priceMinor: row.priceMinor,
      masteryRequired: row.masteryRequired,
      requires: needsByTechnique.get(row.id) ?? [],
    }),
  );
  const nameOfService = new Map(services.map((row) => [row.id, row.name]));
  const prerequisitesByService = grouped(
    prerequisites,
    (row) => row.serviceId,
    (row): HousePrerequisite => ({
      requiredServiceId: row.requiredServiceId,
      requiredServiceName: nameOfService.get(row.requiredServiceId) ?? '',
      minHours: row.minHours,
      maxDays: row.maxDays,
    }),
  );
  const terms = (row: { minutes: number | null; priceMinor: number | null }) => ({
    minutes: row.minutes,
    priceMinor: row.priceMinor,
  });
  const offersBySpecialist = grouped(
    offers,
    (row) => row.specialistId,
    (row) => [row.serviceId, terms(row)] as const,
  );
  const masteryBySpecialist = grouped(
    masteries,
    (row) => row.specialistId,
    (row) => [row.techniqueId, terms(row)] as const,
  );
  const personById = new Map(specialists.map((row) => [row.id, row]));
  const allSpecialists = new Map<string, HouseSpecialist>();
  const idsByService = new Map<string, string[]>();
  for (const resource of resources) {
    const person = personById.get(resource.id);
    if (!person) continue;
    const offered = offersBySpecialist.get(resource.id) ?? [];
    const mastered = masteryBySpecialist.get(resource.id) ?? [];
    if (resource.isActive)
      for (const [serviceId] of offered)
        idsByService.set(serviceId, [...(idsByService.get(serviceId) ?? []), resource.id]);
    allSpecialists.set(resource.id, {
      id: resource.id,
      name: resource.name,
      title: person.title,
      hue: person.hue,
      rank: resource.rank,
      locationId: resource.locationId,
      maxPerDay: person.maxPerDay,
      isOnline: person.isOnline,
      isActive: resource.isActive,
      services: Object.fromEntries(offered),
      techniques: Object.fromEntries(mastered),
      masteredTechniqueIds: mastered.map(([id]) => id),
    });
  }
  const weeklyBySchedule = grouped(
    weekly,
    (row) => row.scheduleId,
    (row) => ({
      weekday: row.weekday,
      startMinute: row.startMinute,
      endMinute: row.endMinute,
      breaks: storedSpans.parse(row.breaks),
    }),
  );
  return {
    clinic: clinic && {
      id: clinic.id,
      name: clinic.name,
      currency: clinic.currency,
      defaultLocale: clinic.defaultLocale,
      accentColor: clinic.accentColor,
      visitsGrantAccess: clinic.visitsGrantAccess,
      version: clinic.version,
      policyVersion: clinic.policyVersion,
      policy: {
        holdMinutes: clinic.holdMinutes,
        slotStepMinutes: clinic.slotStepMinutes,
        startAlignment: alignment.parse(clinic.startAlignment),
        noCrumbsMinutes: clinic.noCrumbsMinutes,
        minNoticeMinutes: clinic.minNoticeMinutes,
        horizonDays: clinic.horizonDays,
        sameDayCutoffMinute: clinic.sameDayCutoffMinute,
        maxUpcomingPerClient: clinic.maxUpcomingPerClient,
        cancelWindowMinutes: clinic.cancelWindowMinutes,
        anySpecialistRule: anyRule.parse(clinic.anySpecialistRule),
      },
    },
    locations: new Map(
      locations.map(({ id, name, timeZone, address, phone, rank, isActive, version }) => [
        id,
        { id, name, timeZone, address, phone, rank, isActive, version },
      ]),
    ),
    categories,
    services: new Map(
      services.map((row): [string, HouseService] => [
        row.id,
        {
          id: row.id,
          categoryId: row.categoryId,
          code: row.code,
          name: row.name,
          description: row.description,
          baseMinutes: row.baseMinutes,
          priceMinor: row.priceMinor,
          isPriceFrom: row.isPriceFrom,
          bufferBeforeMinutes: row.bufferBeforeMinutes,
          bufferAfterMinutes: row.bufferAfterMinutes,
          processing:
            row.processingAfterMinutes === null || row.processingMinutes === null
              ? null
              : { afterMinutes: row.processingAfterMinutes, minutes: row.processingMinutes },
          slotStepMinutes: row.slotStepMinutes,
          isOnline: row.isOnline,
          bookableBy: bookableBy.parse(row.bookableBy),
          needsApproval: row.needsApproval,
          hue: row.hue,
          rank: row.rank,
          isActive: row.isActive,
          requires: needsByService.get(row.id) ?? [],
          techniques: techniquesByService.get(row.id) ?? [],
          prerequisites: prerequisitesByService.get(row.id) ?? [],
          specialistIds: idsByService.get(row.id) ?? [],
        },
      ]),
    ),
    specialists: allSpecialists,
    resources: new Map(resources.map((row) => [row.id, { ...row, kind: resourceKind.parse(row.kind) }])),
    schedules: grouped(
      schedules,
      (row) => row.resourceId,
      (row) => ({
        locationId: row.locationId,
        validFrom: dateOrNull(row.validFrom),
        validUntil: dateOrNull(row.validUntil),
        weekly: weeklyBySchedule.get(row.id) ?? [],
      }),
    ),
    exceptions: grouped(
      exceptions,
      (row) => row.resourceId,
      (row) => ({
        dateFrom: dateText(row.dateFrom),
        dateTo: dateText(row.dateTo),
        kind: exceptionKind.parse(row.kind),
        intervals: storedSpans.parse(row.intervals),
      }),
    ),
    closures: closures.map((row) => ({
      id: row.id,
      locationId: row.locationId,
      dateFrom: dateText(row.dateFrom),
      dateTo: dateText(row.dateTo),
      name: row.name,
      version: row.version,
    })),
  };
}
