/** Writes cancellations, no-shows and receipt lines: history on the card, and the visit they speak of where there is one. */
import { z } from 'zod';
import { intentSchemas } from '../../domain/import-rows.ts';
import { startOfLocalDay } from '../../domain/schedule.ts';
import type { Tx } from '../db.ts';
import { noteChange } from '../live/events.ts';
import { idsByCode, serviceIdsByName, servicesByCode } from './codes.ts';
import type { Effect } from './effects.ts';
import { historyLine, insertHistory } from './history.ts';
import { type EventIntent, type EventKey, eventKeys } from './plan-events.ts';
import { clientOfCode, ensureClients } from './write-people.ts';
import type { Writer, Writing, Written } from './write-step.ts';

const read = z.object({ read: intentSchemas.cancellations });

/** When a visit was cancelled and whether late, from its event; the old system gives the day, its beginning is taken. */
export async function cancellationDetail(
  tx: Tx,
  eventId: string,
  startsAt: number,
  zone: string,
): Promise<{ cancelledAt: Date; isLate: boolean; reason: string | null } | null> {
  const event = await tx.historyEntry.findUnique({ where: { id: eventId } });
  const parsed = read.safeParse(event?.raw);
  if (!event || !parsed.success) return null;
  const { cancelledOn, cancelledBy, daysBefore, date } = parsed.data.read;
  const cancelledAt = new Date(Math.min(startOfLocalDay(cancelledOn ?? date, zone), startsAt));
  const isLate = daysBefore === null ? (cancelledOn ?? date) >= date : daysBefore <= 0;
  return { cancelledAt, isLate, reason: cancelledBy };
}

/** The imported visit an event speaks of: one that still stands, else one of the same kind of end already. */
async function visitOf(
  { tx }: Writing,
  key: EventKey,
  ended: string,
): Promise<{ id: string; status: string; startsAt: Date; isStanding: boolean } | null> {
  const found = await tx.$queryRaw<{ id: string; status: string; startsAt: Date; isStanding: boolean }[]>`
    SELECT a.id, a.status, a.starts_at AS "startsAt", a.status IN ('booked', 'confirmed', 'fulfilled') AS "isStanding"
    FROM appointment a JOIN appointment_item i ON i.appointment_id = a.id
    WHERE a.client_id = ${key.clientId}::uuid AND a.service_date = ${key.date}::date AND a.channel = 'import'
      AND i.service_id = ${key.serviceId}::uuid AND i.specialist_id = ${key.specialistId}::uuid
      AND a.status IN ('booked', 'confirmed', 'fulfilled', ${ended})
    ORDER BY "isStanding" DESC, a.starts_at, a.id LIMIT 1 FOR UPDATE OF a`;
  return found[0] ?? null;
}

/** Marks the visit as the event says; claims go with a cancellation. Answers the state before, for the undo. */
async function endVisit(
  { tx, deps, zone }: Writing,
  visit: { id: string; status: string; startsAt: Date },
  eventId: string,
  ended: 'cancelled' | 'no_show',
): Promise<Effect> {
  const now = deps.now();
  const detail =
    ended === 'cancelled' ? await cancellationDetail(tx, eventId, visit.startsAt.getTime(), zone) : null;
  const claims = await tx.claim.findMany({ where: { appointmentId: visit.id } });
  await tx.appointment.update({
    where: { id: visit.id },
    data: {
      status: ended,
      version: { increment: 1 },
      updatedAt: now,
      ...(detail
        ? {
            cancelledAt: detail.cancelledAt,
            cancelledBy: 'staff',
            cancelReason: detail.reason,
            isLateCancel: detail.isLate,
          }
        : {}),
    },
  });
  if (ended === 'cancelled') await tx.claim.deleteMany({ where: { appointmentId: visit.id } });
  await tx.statusChange.create({
    data: {
      appointmentId: visit.id,
      fromStatus: visit.status,
      toStatus: ended,
      actorKind: 'system',
      reason: 'import',
      at: now,
    },
  });
  const before = {
    status: visit.status,
    claims: claims.map(({ resourceId, startsAt, endsAt }) => ({
      resourceId,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
  };
  return { entityType: 'appointment', entityId: visit.id, rowNumber: null, action: 'updated', before };
}

export const writeEvents: Writer = async (writing, rows) => {
  const { tx, deps, batch } = writing;
  const isCancellation = batch.kind === 'cancellations';
  const intents: EventIntent[] = rows.map(({ intent }) =>
    (isCancellation ? intentSchemas.cancellations : intentSchemas.no_shows).parse(intent),
  );
  const wanted = rows.flatMap((row, at) => {
    const code = intents[at]?.clientCode;
    return batch.mapping.createMissing && code ? [{ ...clientOfCode(code), rowNumber: row.row_number }] : [];
  });
  const clients = await ensureClients(tx, deps, batch, wanted);
  const staff = await idsByCode(
    tx,
    batch.origin,
    'specialist',
    intents.map(({ staffCode }) => staffCode),
  );
  const services = await servicesByCode(
    tx,
    batch.origin,
    intents.map(({ serviceCode }) => serviceCode),
  );
  const keys = await eventKeys(tx, batch.origin, intents);
  const history = await insertHistory(
    tx,
    batch.id,
    rows.flatMap((row, at) => {
      const intent = intents[at];
      if (!intent) return [];
      const service = services.get(intent.serviceCode ?? '');
      return [
        historyLine(deps, batch, row, isCancellation ? 'cancellation' : 'no_show', {
          clientId: clients.ids.get(intent.clientCode ?? ''),
          specialistId: staff.get(intent.staffCode ?? ''),
          serviceId: service?.id,
          date: intent.date,
          description: service?.name ?? intent.serviceCode ?? '',
        }),
      ];
    }),
  );
  const written: Written[] = [];
  const effects: Effect[] = [...clients.effects, ...history.effects];
  const dates: string[] = [];
  for (const [at, row] of rows.entries()) {
    const key = keys[at];
    const eventId = history.ids.get(row.row_number);
    const ended = isCancellation ? 'cancelled' : 'no_show';
    const visit = key && eventId ? await visitOf(writing, key, ended) : null;
    if (visit && eventId && key) {
      await tx.historyEntry.update({ where: { id: eventId }, data: { appointmentId: visit.id } });
      if (visit.isStanding) {
        effects.push({ ...(await endVisit(writing, visit, eventId, ended)), rowNumber: row.row_number });
        dates.push(key.date);
      }
    }
    const outcome = visit?.isStanding ? 'updated' : 'history';
    const reason = visit ? null : intents[at]?.clientCode === null ? 'no_client' : 'no_visit_found';
    written.push({ row_number: row.row_number, outcome, reason, entityType: 'history', entityId: eventId });
  }
  const days = dates.toSorted();
  const [dateFrom, dateTo] = [days[0], days.at(-1)];
  if (dateFrom && dateTo) await noteChange(tx, { topic: 'calendar', dateFrom, dateTo });
  return { written, effects };
};

export const writeReceipts: Writer = async ({ tx, deps, batch }, rows) => {
  const intents = rows.map(({ intent }) => intentSchemas.receipts.parse(intent));
  const wanted = rows.flatMap((row, at) => {
    const code = intents[at]?.clientCode;
    return batch.mapping.createMissing && code ? [{ ...clientOfCode(code), rowNumber: row.row_number }] : [];
  });
  const made = await ensureClients(tx, deps, batch, wanted);
  const clients = batch.mapping.createMissing
    ? made.ids
    : await idsByCode(
        tx,
        batch.origin,
        'client',
        intents.map(({ clientCode }) => clientCode),
      );
  const staff = await idsByCode(
    tx,
    batch.origin,
    'specialist',
    intents.map(({ staffCode }) => staffCode),
  );
  const services = await serviceIdsByName(
    tx,
    intents.map(({ description }) => description),
  );
  const history = await insertHistory(
    tx,
    batch.id,
    rows.flatMap((row, at) => {
      const intent = intents[at];
      if (!intent) return [];
      return [
        historyLine(deps, batch, row, 'receipt_line', {
          clientId: clients.get(intent.clientCode ?? ''),
          specialistId: staff.get(intent.staffCode ?? ''),
          serviceId: services.get(intent.description.toLowerCase()),
          date: intent.date,
          description: intent.description,
          receiptNumber: intent.receiptNumber,
          quantity: intent.quantity,
          amount: intent.amount,
          taxes: intent.taxes,
        }),
      ];
    }),
  );
  const written = rows.map(
    (row): Written => ({
      row_number: row.row_number,
      outcome: 'history',
      reason: row.reason,
      entityType: 'history',
      entityId: history.ids.get(row.row_number),
    }),
  );
  return { written, effects: [...made.effects, ...history.effects] };
};
