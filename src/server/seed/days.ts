/** Three weeks of visits around today, laid out as a receptionist would: inside hours, one visit a resource. */
import {
  expandHours,
  localDateOf,
  addDays,
  type Schedule,
  wallToInstant,
  weekdayOf,
} from '../../domain/schedule.ts';
import { type Plan, resolvePlan } from '../../domain/plan.ts';
import { seedServices, serviceIdOf, type SeedService, techniqueIdOf } from './catalogue.ts';
import { clientIdAt, invitedClients, seedClientCount } from './clients.ts';
import type { Dice } from './fixed.ts';
import { placeIdAt, seedPlaces, seedSpecialists, specialistIdAt, type SeedSpecialist } from './team.ts';

export interface Occupied {
  resourceId: string;
  startMs: number;
  endMs: number;
}
export interface SeedVisit {
  clientIndex: number;
  service: SeedService;
  plan: Plan;
  startMs: number;
  claims: Occupied[];
}

const minuteMs = 60_000;
export const daysBack = 12;
export const daysAhead = 12;

const scheduleOf = ({ shifts }: SeedSpecialist): Schedule => ({
  validFrom: null,
  validUntil: null,
  weekly: shifts.flatMap(({ weekdays, ...hours }) => weekdays.map((weekday) => ({ weekday, ...hours }))),
});

/** Optional techniques now and then, one of each group, only what the specialist masters. */
function chooseTechniques(service: SeedService, specialist: SeedSpecialist, dice: Dice): string[] {
  const able = (service.techniques ?? []).filter(
    ({ name, mastery }) =>
      !mastery || specialist.masters.some(([code, mastered]) => code === service.code && mastered === name),
  );
  const groups = new Map<string, string[]>();
  const chosen: string[] = [];
  for (const { name, selection, group } of able) {
    if (selection === 'optional' && dice.chance(0.3)) chosen.push(name);
    if (selection === 'one_of' && group) groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  for (const names of groups.values()) chosen.push(dice.pick(names));
  return chosen.map((name) => techniqueIdOf(service.code, name));
}

function planOf(service: SeedService, specialistIndex: number, specialist: SeedSpecialist, dice: Dice): Plan {
  const own = specialist.own?.[service.code];
  const result = resolvePlan({
    slotStepMinutes: 5,
    items: [
      {
        service: {
          id: serviceIdOf(service.code),
          name: service.name,
          baseMinutes: service.minutes,
          priceMinor: service.price,
          bufferBeforeMinutes: service.before ?? 0,
          bufferAfterMinutes: service.after ?? 0,
          processing: service.processing ?? null,
          requires: service.needs,
        },
        techniques: (service.techniques ?? []).map((technique) => ({
          id: techniqueIdOf(service.code, technique.name),
          parentId: null,
          name: technique.name,
          selection: technique.selection,
          groupKey: technique.group ?? null,
          minutes: technique.minutes,
          priceMinor: technique.price,
          masteryRequired: technique.mastery ?? false,
          requires: technique.needs ?? [],
        })),
        chosenTechniqueIds: chooseTechniques(service, specialist, dice),
        specialist: {
          id: specialistIdAt(specialistIndex),
          services: {
            [serviceIdOf(service.code)]: { minutes: own?.minutes ?? null, priceMinor: own?.price ?? null },
          },
          techniques: {},
          masteredTechniqueIds: specialist.masters.map(([code, name]) => techniqueIdOf(code, name)),
        },
      },
    ],
  });
  if (!result.ok) throw new Error(`${service.name}: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

/** Everything already given away, by resource; the guard has the last word when it is written. */
export class Book {
  readonly #taken = new Map<string, Occupied[]>();

  isFree({ resourceId, startMs, endMs }: Occupied): boolean {
    return !(this.#taken.get(resourceId) ?? []).some(
      (other) => other.startMs < endMs && other.endMs > startMs,
    );
  }

  take(occupied: Occupied): void {
    this.#taken.set(occupied.resourceId, [...(this.#taken.get(occupied.resourceId) ?? []), occupied]);
  }

  /** The claims of a plan from an instant on, rooms and devices chosen among the free; null where it doesn't fit. */
  claimsFor(plan: Plan, startMs: number): Occupied[] | null {
    const claims: Occupied[] = [];
    for (const segment of plan.segments) {
      const from = startMs + (segment.offsetMinutes - segment.bufferBeforeMinutes) * minuteMs;
      const to = startMs + (segment.offsetMinutes + segment.minutes + segment.bufferAfterMinutes) * minuteMs;
      const need = segment.occupies.kind === 'need' ? plan.needs[segment.occupies.need] : undefined;
      const able =
        segment.occupies.kind === 'specialist'
          ? [segment.occupies.specialistId]
          : seedPlaces.flatMap(({ kind, type }, index) =>
              kind === need?.kind && type === need.type ? [placeIdAt(index)] : [],
            );
      const free = able
        .map((resourceId) => ({ resourceId, startMs: from, endMs: to }))
        .filter((claim) => this.isFree(claim))
        .slice(0, need?.count ?? 1);
      if (free.length < (need?.count ?? 1)) return null;
      claims.push(...free);
    }
    return claims;
  }
}

/** Visits of every specialist, day by day, fuller in the past than towards the end. */
export function layOutVisits(
  book: Book,
  dice: Dice,
  now: Date,
  zone: string,
  isClosed: (date: string) => boolean,
): SeedVisit[] {
  const visits: SeedVisit[] = [];
  const today = localDateOf(now.getTime(), zone);
  const busyClients = new Set<string>();
  for (let day = -daysBack; day <= daysAhead; day++) {
    const date = addDays(today, day);
    if (isClosed(date)) continue;
    const fill = day <= 1 ? 0.86 : Math.max(0.25, 0.8 - day * 0.055);
    for (const [index, specialist] of seedSpecialists.entries()) {
      const calendar = { zone, schedules: [scheduleOf(specialist)], exceptions: [] };
      const dayStart = wallToInstant(date, 0, zone);
      const hours = expandHours(calendar, dayStart, dayStart + 24 * 60 * minuteMs);
      let count = 0;
      for (let run = 0; run < hours.length; run += 2) {
        const opensAt = hours[run] ?? 0;
        const closesAt = hours[run + 1] ?? 0;
        let cursor = opensAt;
        while (cursor < closesAt && count < (specialist.maxPerDay ?? 12)) {
          const service = dice.pick(seedServices.filter(({ code }) => specialist.services.includes(code)));
          const plan = planOf(service, index, specialist, dice);
          const startMs = cursor + (service.before ? 15 * minuteMs : 0);
          const endMs = startMs + plan.minutes * minuteMs;
          const clientIndex =
            service.bookableBy === 'invited' ? dice.pick(invitedClients) : dice.below(seedClientCount);
          const claims = endMs <= closesAt ? book.claimsFor(plan, startMs) : null;
          if (!claims || busyClients.has(`${date} ${clientIndex}`) || !dice.chance(fill)) {
            cursor += 15 * minuteMs * (1 + dice.below(2));
            continue;
          }
          busyClients.add(`${date} ${clientIndex}`);
          for (const claim of claims) book.take(claim);
          visits.push({ clientIndex, service, plan, startMs, claims });
          count += 1;
          const freeAgain = endMs + (service.after ?? 0) * minuteMs;
          cursor = opensAt + Math.ceil((freeAgain - opensAt) / (15 * minuteMs)) * 15 * minuteMs;
        }
      }
    }
  }
  return visits;
}

/** The next working day from a date on that is a given weekday (1 Monday … 7 Sunday). */
export function nextWeekday(date: string, weekday: number): string {
  let found = date;
  while (weekdayOf(found) !== weekday) found = addDays(found, 1);
  return found;
}

export const cardOf = (visit: SeedVisit): string => clientIdAt(visit.clientIndex);
