/** The catalogue as staff see and edit it. */
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { bookableByValues, type ServiceFields } from '../../domain/service.ts';
import type { Db } from '../db.ts';

const oneOf = <T extends string>(values: readonly T[], text: string): T => {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new Error(`${text} is none of ${values.join(', ')}`);
  return found;
};
const kinds = ['room', 'device'] as const;
const selections = ['required', 'optional', 'one_of'] as const;

export interface CatalogueRow {
  id: string;
  code: string | null;
  name: string;
  baseMinutes: number;
  priceMinor: number;
  isPriceFrom: boolean;
  isOnline: boolean;
  isActive: boolean;
  needsApproval: boolean;
  hue: number;
  techniqueCount: number;
  specialistCount: number;
}
export interface CatalogueCategory {
  id: string;
  version: number;
  name: string;
  services: CatalogueRow[];
}

/** Every category with its services, in their order; and what forms choose from. */
export async function listCatalogue(db: Db): Promise<{
  categories: CatalogueCategory[];
  /** Types of rooms and devices that exist or are asked for. */
  resourceTypes: { kind: 'room' | 'device'; type: string; count: number }[];
  currency: string;
}> {
  const [clinic, categories, resources] = await Promise.all([
    db.clinic.findFirst({ select: { currency: true } }),
    db.serviceCategory.findMany({
      orderBy: [{ rank: 'asc' }, { name: 'asc' }],
      include: {
        services: {
          orderBy: [{ rank: 'asc' }, { name: 'asc' }],
          include: { _count: { select: { techniques: true, specialists: true } } },
        },
      },
    }),
    db.resource.groupBy({
      by: ['kind', 'type'],
      where: { kind: { in: [...kinds] }, isActive: true },
      _count: { _all: true },
      orderBy: [{ kind: 'desc' }, { type: 'asc' }],
    }),
  ]);
  return {
    currency: clinic?.currency ?? 'EUR',
    categories: categories.map((category) => ({
      id: category.id,
      version: category.version,
      name: category.name,
      services: category.services.map((row) => ({
        id: row.id,
        code: row.code,
        name: row.name,
        baseMinutes: row.baseMinutes,
        priceMinor: row.priceMinor,
        isPriceFrom: row.isPriceFrom,
        isOnline: row.isOnline,
        isActive: row.isActive,
        needsApproval: row.needsApproval,
        hue: row.hue,
        techniqueCount: row._count.techniques,
        specialistCount: row._count.specialists,
      })),
    })),
    resourceTypes: resources.map(({ kind, type, _count }) => ({
      kind: oneOf(kinds, kind),
      type,
      count: _count._all,
    })),
  };
}

export interface ServiceForEditing {
  serviceId: string;
  version: number;
  /** Exactly what the form edits and `saveService` takes. */
  service: ServiceFields;
  specialists: { id: string; name: string; hue: number; minutes: number | null; priceMinor: number | null }[];
}

/** One service as its form edits it. Refuses `not_found`. */
export async function readService(db: Db, input: { serviceId: string }): Promise<Result<ServiceForEditing>> {
  const row = await db.service.findUnique({
    where: { id: input.serviceId },
    include: {
      requirements: { orderBy: { resourceType: 'asc' } },
      prerequisites: true,
      techniques: {
        orderBy: { rank: 'asc' },
        include: { requirements: { orderBy: { resourceType: 'asc' } } },
      },
      specialists: { include: { specialist: { include: { resource: true } } } },
    },
  });
  if (!row) return refuse('not_found', { noun: 'service' });
  const needs = (list: { kind: string; resourceType: string; count: number }[]) =>
    list.map(({ kind, resourceType, count }) => ({ kind: oneOf(kinds, kind), resourceType, count }));
  return done({
    serviceId: row.id,
    version: row.version,
    service: {
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
      bookableBy: oneOf(bookableByValues, row.bookableBy),
      needsApproval: row.needsApproval,
      hue: row.hue,
      isActive: row.isActive,
      requirements: needs(row.requirements),
      prerequisites: row.prerequisites.map(({ requiredServiceId, minHours, maxDays }) => ({
        requiredServiceId,
        minHours,
        maxDays,
      })),
      techniques: row.techniques.map((technique) => ({
        key: technique.id,
        parentKey: technique.parentId,
        name: technique.name,
        description: technique.description,
        selection: oneOf(selections, technique.selection),
        groupKey: technique.groupKey,
        minutes: technique.minutes,
        priceMinor: technique.priceMinor,
        masteryRequired: technique.masteryRequired,
        isActive: technique.isActive,
        requirements: needs(technique.requirements),
      })),
    },
    specialists: row.specialists
      .map(({ specialist, minutes, priceMinor }) => ({
        id: specialist.id,
        name: specialist.resource.name,
        hue: specialist.hue,
        minutes,
        priceMinor,
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  });
}
