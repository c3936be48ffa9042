/** What a visit will look like once the server has said yes: shown at once, taken back where it says no. */
import type { AppointmentView, CalendarView, CalendarVisit } from './types.ts';

export interface Patch {
  startsAt: number;
  /** Only where the length changes; single services. */
  durationMinutes: number | null;
  /** Only where it changes hands; single performers. */
  specialistId: string | null;
}

const minuteMs = 60_000;

export function patched(visit: CalendarVisit, patch: Patch): CalendarVisit {
  const delta = patch.startsAt - visit.startsAt;
  const length = patch.durationMinutes === null ? null : patch.durationMinutes * minuteMs;
  const endsAt = length === null ? visit.endsAt + delta : patch.startsAt + length;
  return {
    ...visit,
    startsAt: patch.startsAt,
    endsAt,
    items: visit.items.map((item) => ({
      ...item,
      specialistId: patch.specialistId ?? item.specialistId,
      startsAt: item.startsAt + delta,
      endsAt: length === null ? item.endsAt + delta : endsAt,
    })),
  };
}

/** The view with its pending visits; the same object where none is. */
export function withPatches(view: CalendarView, patches: ReadonlyMap<string, Patch>): CalendarView {
  if (patches.size === 0) return view;
  let changed = false;
  const visits = view.visits.map((visit) => {
    const patch = patches.get(visit.appointmentId);
    if (!patch) return visit;
    changed = true;
    return patched(visit, patch);
  });
  return changed ? { ...view, visits } : view;
}

/** The view with the server's answer in the place of what was known of that visit. */
export function withAnswer(view: CalendarView, answer: AppointmentView): CalendarView {
  const index = view.visits.findIndex(({ appointmentId }) => appointmentId === answer.appointmentId);
  const known = view.visits[index];
  if (!known || known.version >= answer.version) return view;
  const visits = [...view.visits];
  visits[index] = {
    ...known,
    version: answer.version,
    status: answer.status,
    startsAt: answer.startsAt,
    endsAt: answer.endsAt,
    items: known.items.map((item, position) => {
      const now = answer.items[position];
      return now
        ? { ...item, specialistId: now.specialistId, startsAt: now.startsAt, endsAt: now.endsAt }
        : item;
    }),
  };
  return { ...view, visits };
}

/** The one who does all of a visit; null where several do. */
export function soleSpecialist(items: readonly { specialistId: string }[]): string | null {
  const [first] = items;
  return first && items.every(({ specialistId }) => specialistId === first.specialistId)
    ? first.specialistId
    : null;
}
