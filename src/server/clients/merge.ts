/** Two cards of one person become one: the first is kept as a pointer, the second has everything. */
import { Prisma, type Tx } from '../db.ts';
import { noteChange } from '../live/events.ts';
import { noteEntry } from '../trail/note.ts';

export interface Merge {
  fromId: string;
  intoId: string;
  /** `client.merge_by_proof` or `client.link_account`. */
  action: string;
  reason: string | null;
}

/**
 * Moves visits, history, messages, drawings, pictures and ordinary tags of one card to another and leaves a pointer. What the staying card
 * knows is kept; only its empty fields are filled. Access tags stay behind: they decide who sees the card, and only a
 * hand may put them there. Both cards must exist, differ and stand; the caller has checked.
 */
export async function mergeCards(tx: Tx, now: Date, merge: Merge): Promise<void> {
  const { fromId, intoId } = merge;
  await tx.$queryRaw`
    SELECT 1 FROM client WHERE id IN (${fromId}::uuid, ${intoId}::uuid) ORDER BY id FOR UPDATE`;
  await noteDays(tx, fromId, now);
  const moved = { where: { clientId: fromId }, data: { clientId: intoId } };
  const { count: appointmentCount } = await tx.appointment.updateMany(moved);
  await tx.visit.updateMany(moved);
  await tx.historyEntry.updateMany(moved);
  await tx.message.updateMany(moved);
  await tx.scheme.updateMany(moved);
  await tx.schemeDose.updateMany(moved);
  await tx.picture.updateMany(moved);
  await tx.$executeRaw`
    INSERT INTO client_tag (client_id, tag_id, assigned_by, assigned_at)
    SELECT ${intoId}::uuid, ct.tag_id, ct.assigned_by, ct.assigned_at
    FROM client_tag ct JOIN tag t ON t.id = ct.tag_id
    WHERE ct.client_id = ${fromId}::uuid AND NOT t.is_access
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    UPDATE client kept SET
      email = coalesce(kept.email, gone.email), phone = coalesce(kept.phone, gone.phone),
      birth_date = coalesce(kept.birth_date, gone.birth_date), locale = coalesce(kept.locale, gone.locale),
      source_id = coalesce(kept.source_id, gone.source_id), note = coalesce(kept.note, gone.note),
      updated_at = greatest(${now}, kept.updated_at + interval '1 millisecond')
    FROM client gone WHERE kept.id = ${intoId}::uuid AND gone.id = ${fromId}::uuid`;
  await tx.client.updateMany({ where: { mergedIntoId: fromId }, data: { mergedIntoId: intoId } });
  await tx.client.update({
    where: { id: fromId },
    data: { mergedIntoId: intoId, accountId: null, updatedAt: now },
  });
  await noteEntry(tx, {
    action: merge.action,
    subjectType: 'client',
    subjectId: intoId,
    clientId: intoId,
    reason: merge.reason,
    detail: { mergedCardId: fromId, appointmentCount },
  });
  for (const entityId of [fromId, intoId]) await noteChange(tx, { topic: 'client', entityId });
}

/** Calendars show the client's name: the days of visits still to come are read again. */
async function noteDays(tx: Tx, clientId: string, now: Date): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO change_event (topic, location_id, date_from, date_to, entity_id)
    SELECT 'calendar', location_id, service_date, service_date, id FROM appointment
    WHERE client_id = ${clientId}::uuid AND ends_at > ${now} ORDER BY starts_at LIMIT 100`);
}
