/** Looking for starts: what the portal and the desk are offered. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { StartsInput } from '../../domain/booking.ts';
import { done, type OfferedStart, type Result, refuse } from '../../domain/refusal.ts';
import { findStarts } from '../../domain/starts.ts';
import { addDays, startOfLocalDay } from '../../domain/zone.ts';
import type { Deps } from '../deps.ts';
import { loadHouse } from '../house/load.ts';
import { straight } from '../sql.ts';
import { checkBookable } from './eligibility.ts';
import { offered } from './choices.ts';
import { planAsBooked } from './move.ts';
import { readAppointment, subjectOf } from './read.ts';
import { readSituation } from './situation.ts';

export interface StartsView {
  /** IANA zone of the location: the clinic's time. */
  timeZone: string;
  starts: OfferedStart[];
  /**
   * Of each performer (or pair of them): minutes and price, for the summary. What a visit that is moved was booked for is null without
   * the right to money; the price list is everybody's.
   */
  offers: { specialistIds: string; minutes: number; priceMinor: number | null }[];
}

/**
 * Every start at which the visit could be done on those local days, in order, with who could do it.
 * Refuses with `not_found`, `plan_refused`, `not_bookable_online`, `not_allowed_to_book`.
 */
export async function searchStarts(
  deps: Deps,
  actor: Actor,
  input: StartsInput,
): Promise<Result<StartsView>> {
  const house = await loadHouse(deps.db);
  const location = house.locations.get(input.locationId);
  if (!location) return refuse('not_found', { noun: 'location' });
  const moving = input.movingAppointmentId ? await readAppointment(deps.db, input.movingAppointmentId) : null;
  if (input.movingAppointmentId && !(moving && can(actor, 'appointment.reschedule', subjectOf(moving)))) {
    return refuse('not_found', { noun: 'appointment' });
  }
  const wanted = input.items[0]?.specialistId ?? null;
  const performer = wanted === moving?.items[0]?.specialistId ? null : wanted;
  const booked = moving ? planAsBooked(house, moving.items, performer) : null;
  if (booked && !booked.ok) return booked;
  const label = booked
    ? [...new Set(booked.value.items.map(({ specialistId }) => specialistId))].join('+')
    : '';
  const read = await readSituation(deps, actor, input, {
    fromMs: startOfLocalDay(input.fromDate, location.timeZone),
    toMs: startOfLocalDay(addDays(input.fromDate, input.days), location.timeZone),
    ownHolds: true,
    ...(moving && booked
      ? { movingAppointmentIds: [moving.id], plans: new Map([[label, booked.value]]) }
      : {}),
  });
  if (!read.ok) return read;
  const situation = read.value;
  // The earlier service is looked for when a start is chosen: it depends on the day.
  const allowed = await checkBookable(
    straight(deps.db),
    actor,
    { services: situation.services.map((service) => ({ ...service, prerequisites: [] })) },
    { startsAt: 0, clientId: null },
  );
  if (!allowed.ok) return allowed;
  // Where a visit already stands is nowhere to move it.
  const standsAt = moving && performer === null ? moving.startsAt : null;
  return done({
    timeZone: location.timeZone,
    starts: findStarts(situation.starts)
      .filter(({ startsAt }) => startsAt !== standsAt)
      .map((start) => offered(situation, start)),
    offers: situation.starts.candidates.map(({ specialistId, plan }) => ({
      specialistIds: specialistId,
      minutes: plan.minutes,
      priceMinor: moving && !can(actor, 'money.view') ? null : plan.priceMinor,
    })),
  });
}
