/** People, rooms and devices as administrators see and edit them. */
import { type Actor, holds } from '../../domain/access/actor.ts';
import { outranks } from '../../domain/access/outrank.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { SpecialistFields } from '../../domain/specialist.ts';
import type { Db } from '../db.ts';

export interface SpecialistRow {
  id: string;
  name: string;
  title: string | null;
  hue: number;
  isActive: boolean;
  isOnline: boolean;
  serviceCount: number;
  locationName: string;
}

/** Everyone who performs, by rank. */
export async function listSpecialists(db: Db): Promise<SpecialistRow[]> {
  const rows = await db.resource.findMany({
    where: { kind: 'specialist' },
    orderBy: [{ rank: 'asc' }, { name: 'asc' }],
    include: { location: true, specialist: { include: { _count: { select: { services: true } } } } },
  });
  return rows.flatMap(({ id, name, isActive, location, specialist }) =>
    specialist === null
      ? []
      : [
          {
            id,
            name,
            isActive,
            title: specialist.title,
            hue: specialist.hue,
            isOnline: specialist.isOnline,
            serviceCount: specialist._count.services,
            locationName: location.name,
          },
        ],
  );
}

export interface SpecialistForEditing {
  specialistId: string;
  version: number;
  /** Exactly what the form edits and `saveSpecialist` takes. */
  specialist: SpecialistFields;
}

/** One specialist as the form edits them. Refuses `not_found`. */
export async function readSpecialist(
  db: Db,
  input: { specialistId: string },
): Promise<Result<SpecialistForEditing>> {
  const row = await db.specialist.findUnique({
    where: { id: input.specialistId },
    include: { resource: true, services: true, techniques: true, tags: true },
  });
  if (!row) return refuse('not_found', { noun: 'specialist' });
  return done({
    specialistId: row.id,
    version: row.resource.version,
    specialist: {
      locationId: row.resource.locationId,
      name: row.resource.name,
      title: row.title,
      bio: row.bio,
      hue: row.hue,
      maxPerDay: row.maxPerDay,
      isOnline: row.isOnline,
      isActive: row.resource.isActive,
      accountId: row.accountId,
      services: row.services.map(({ serviceId, minutes, priceMinor }) => ({
        serviceId,
        minutes,
        priceMinor,
      })),
      techniques: row.techniques.map(({ techniqueId, minutes, priceMinor }) => ({
        techniqueId,
        minutes,
        priceMinor,
      })),
      tagIds: row.tags.map(({ tagId }) => tagId),
    },
  });
}

export interface SpecialistChoices {
  /** Whether this reader may link accounts and give access tags: nobody gives a sight they don't have. */
  givesSight: boolean;
  currency: string;
  services: {
    id: string;
    name: string;
    categoryName: string;
    baseMinutes: number;
    priceMinor: number;
    isActive: boolean;
    techniques: { id: string; name: string; minutes: number; priceMinor: number; masteryRequired: boolean }[];
  }[];
  locations: { id: string; name: string }[];
  /** Of the first location: for visits listed in a refusal. */
  timeZone: string;
  /** Staff accounts, and whose they are already. */
  accounts: { id: string; name: string; email: string; specialistId: string | null }[];
  /** Access tags: they decide which clients a specialist sees. */
  tags: { id: string; name: string; hue: number }[];
}

/** What the form of a specialist chooses from. */
export async function specialistChoices(db: Db, actor: Actor): Promise<SpecialistChoices> {
  const byRank = [{ rank: 'asc' as const }, { name: 'asc' as const }];
  const [clinic, services, locations, accounts, tags] = await Promise.all([
    db.clinic.findFirst({ select: { currency: true } }),
    db.service.findMany({
      orderBy: [{ category: { rank: 'asc' } }, ...byRank],
      include: { category: true, techniques: { where: { isActive: true }, orderBy: byRank } },
    }),
    db.location.findMany({ orderBy: byRank, select: { id: true, name: true, timeZone: true } }),
    db.account.findMany({
      where: { roles: { some: { role: { key: { not: 'client' } } } } },
      orderBy: { name: 'asc' },
      include: { specialist: { select: { id: true } } },
    }),
    db.tag.findMany({ where: { isAccess: true }, orderBy: { name: 'asc' } }),
  ]);
  return {
    givesSight: holds(actor, 'clients.view_all'),
    currency: clinic?.currency ?? 'EUR',
    services: services.map((row) => ({
      id: row.id,
      name: row.name,
      categoryName: row.category.name,
      baseMinutes: row.baseMinutes,
      priceMinor: row.priceMinor,
      isActive: row.isActive,
      techniques: row.techniques.map(({ id, name, minutes, priceMinor, masteryRequired }) => ({
        id,
        name,
        minutes,
        priceMinor,
        masteryRequired,
      })),
    })),
    locations: locations.map(({ id, name }) => ({ id, name })),
    timeZone: locations[0]?.timeZone ?? 'UTC',
    accounts: accounts.map(({ id, name, email, specialist }) => ({
      id,
      name,
      email,
      specialistId: specialist?.id ?? null,
    })),
    tags: tags.map(({ id, name, hue }) => ({ id, name, hue })),
  };
}

export interface ResourceRow {
  id: string;
  version: number;
  kind: 'room' | 'device';
  type: string;
  name: string;
  isActive: boolean;
  locationId: string;
  locationName: string;
}

/** Rooms, then devices, by rank; and the types requirements ask for that nothing has. */
export async function listResources(db: Db): Promise<{
  resources: ResourceRow[];
  wantedTypes: { kind: 'room' | 'device'; type: string }[];
  locations: { id: string; name: string; timeZone: string }[];
}> {
  const [rows, wanted, locations] = await Promise.all([
    db.resource.findMany({
      where: { kind: { in: ['room', 'device'] } },
      orderBy: [{ kind: 'desc' }, { rank: 'asc' }, { name: 'asc' }],
      include: { location: true },
    }),
    db.resourceRequirement.findMany({ distinct: ['kind', 'resourceType'], orderBy: { resourceType: 'asc' } }),
    db.location.findMany({
      orderBy: [{ rank: 'asc' }, { name: 'asc' }],
      select: { id: true, name: true, timeZone: true },
    }),
  ]);
  const kindOf = (kind: string): 'room' | 'device' => (kind === 'room' ? 'room' : 'device');
  return {
    locations,
    resources: rows.map(({ id, version, kind, type, name, isActive, locationId, location }) => ({
      id,
      version,
      kind: kindOf(kind),
      type,
      name,
      isActive,
      locationId,
      locationName: location.name,
    })),
    wantedTypes: wanted
      .filter(
        ({ kind, resourceType }) =>
          !rows.some((row) => row.isActive && row.kind === kind && row.type === resourceType),
      )
      .map(({ kind, resourceType }) => ({ kind: kindOf(kind), type: resourceType })),
  };
}

export interface StaffRow {
  id: string;
  version: number;
  name: string;
  email: string;
  isBlocked: boolean;
  blockedReason: string | null;
  roles: { id: string; key: string; name: string }[];
  specialistName: string | null;
  /** Nobody takes charge of an account with rights beyond their own. */
  mayEdit: boolean;
}

export interface StaffRoleRow {
  id: string;
  key: string;
  name: string;
  /** Nobody gives rights they don't have. */
  mayGive: boolean;
}

/** Accounts of the staff with their roles, and the roles there are; each with what this actor may do about it. */
export async function listStaff(
  db: Db,
  actor: Actor,
): Promise<{ accounts: StaffRow[]; roles: StaffRoleRow[] }> {
  const [accounts, roles] = await Promise.all([
    db.account.findMany({
      where: { roles: { some: { role: { key: { not: 'client' } } } } },
      orderBy: { name: 'asc' },
      include: { roles: { include: { role: true } }, specialist: { include: { resource: true } } },
    }),
    db.role.findMany({ where: { key: { not: 'client' } }, orderBy: { name: 'asc' } }),
  ]);
  const roleOf = ({ id, key, name }: { id: string; key: string; name: string }) => ({ id, key, name });
  return {
    accounts: accounts.map((row) => ({
      id: row.id,
      version: row.version,
      name: row.name,
      email: row.email,
      isBlocked: row.blockedAt !== null,
      blockedReason: row.blockedReason,
      roles: row.roles.map(({ role }) => roleOf(role)),
      specialistName: row.specialist?.resource.name ?? null,
      mayEdit: outranks(
        actor,
        row.roles.map(({ role }) => role),
      ),
    })),
    roles: roles.map((role) => ({ ...roleOf(role), mayGive: outranks(actor, [role]) })),
  };
}
