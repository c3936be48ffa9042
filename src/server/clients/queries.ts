/** Reading a card: who it is, what happened, what is to come. Each read is bounded by a scope. */
import type { ClientSight } from '../../domain/access/client.ts';
import { type Db, transact, type Tx } from '../db.ts';
import { noteEntry } from '../trail/note.ts';
import { noteReading } from './reads.ts';
import { findCard, withinScope } from './scope.ts';

export interface ClientCard {
  clientId: string;
  cardNumber: number;
  firstName: string;
  lastName: string;
  birthDate: string | null;
  /** Null without the right to others' notes, too. */
  note: string | null;
  isInvited: boolean;
  source: { sourceId: string; name: string } | null;
  tags: { tagId: string; name: string; hue: number; isAccess: boolean }[];
  /** Null without the right to contacts. */
  contact: { email: string | null; phone: string | null } | null;
  account: { emailVerified: boolean; blocked: boolean } | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The card, or null where there is none within sight. That it was read is noted in the trail. */
export const readClient = (db: Db, sight: ClientSight, clientId: string): Promise<ClientCard | null> =>
  transact(db, async (tx) => {
    const id = await findCard(tx, sight.scope, clientId);
    if (id === null) return null;
    await noteEntry(tx, { action: 'client.read', subjectType: 'client', subjectId: id, clientId: id });
    return cardOf(tx, sight, id);
  });

async function cardOf(tx: Tx, { contact, notes }: ClientSight, id: string): Promise<ClientCard> {
  const row = await tx.client.findUniqueOrThrow({
    where: { id },
    include: {
      source: true,
      account: { select: { emailVerifiedAt: true, blockedAt: true } },
      tags: { include: { tag: true }, orderBy: { tag: { name: 'asc' } } },
    },
  });
  return {
    clientId: row.id,
    cardNumber: row.cardNumber,
    firstName: row.firstName,
    lastName: row.lastName,
    birthDate: row.birthDate?.toISOString().slice(0, 10) ?? null,
    note: notes ? row.note : null,
    isInvited: row.isInvited,
    source: row.source ? { sourceId: row.source.id, name: row.source.name } : null,
    tags: row.tags.map(({ tag }) => ({
      tagId: tag.id,
      name: tag.name,
      hue: tag.hue,
      isAccess: tag.isAccess,
    })),
    contact: contact ? { email: row.email, phone: row.phone } : null,
    account: row.account
      ? { emailVerified: row.account.emailVerifiedAt !== null, blocked: row.account.blockedAt !== null }
      : null,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

export interface CardVisit {
  appointmentId: string;
  status: string;
  startsAt: Date;
  endsAt: Date;
  /** IANA zone of its location. */
  zone: string;
  /** Null without the right to money. */
  priceMinor: number | null;
  currency: string;
  /** Of visits with oneself; of others' with the right to their notes. */
  note: string | null;
  cancelReason: string | null;
  services: { name: string; specialistId: string; specialistName: string; techniques: string[] }[];
  visit: { visitId: string; status: string } | null;
}

const namesOf = (techniques: unknown): string[] =>
  Array.isArray(techniques)
    ? techniques.flatMap((each: unknown) =>
        typeof each === 'object' && each !== null && 'name' in each && typeof each.name === 'string'
          ? [each.name]
          : [],
      )
    : [];

const shownVisits = 200;

/** Visits still to come (soonest first) and past ones (latest first, at most 200); holds are not visits yet. */
export async function readVisits(
  db: Db,
  sight: ClientSight,
  clientId: string,
  now: Date,
): Promise<{ coming: CardVisit[]; past: CardVisit[] } | null> {
  const id = await findCard(db, sight.scope, clientId);
  if (id === null) return null;
  await noteReading(db, id);
  const rows = await db.appointment.findMany({
    where: { clientId: id, status: { notIn: ['held', 'expired'] } },
    orderBy: { startsAt: 'desc' },
    take: shownVisits,
    include: {
      location: { select: { timeZone: true } },
      visit: { select: { id: true, status: true } },
      items: {
        orderBy: { position: 'asc' },
        include: { specialist: { include: { resource: { select: { name: true } } } } },
      },
    },
  });
  const isOwn = ({ items }: { items: readonly { specialistId: string }[] }) =>
    items.some(({ specialistId }) => specialistId === sight.specialistId);
  const visits = rows.map(
    (row): CardVisit => ({
      appointmentId: row.id,
      status: row.status,
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      zone: row.location.timeZone,
      priceMinor: sight.money ? row.priceMinor : null,
      currency: row.currency,
      note: sight.notes || isOwn(row) ? row.note : null,
      cancelReason: sight.notes || isOwn(row) ? row.cancelReason : null,
      services: row.items.map((item) => ({
        name: item.serviceName,
        specialistId: item.specialistId,
        specialistName: item.specialist.resource.name,
        techniques: namesOf(item.techniques),
      })),
      visit: row.visit ? { visitId: row.visit.id, status: row.visit.status } : null,
    }),
  );
  const open = ['pending', 'booked', 'confirmed', 'arrived'];
  const isComing = ({ status, endsAt }: CardVisit) => endsAt > now && open.includes(status);
  return { coming: visits.filter(isComing).reverse(), past: visits.filter((visit) => !isComing(visit)) };
}

export interface CardHistory {
  entryId: string;
  kind: string;
  /** Calendar day, YYYY-MM-DD. */
  serviceDate: string;
  description: string;
  specialistName: string | null;
  receiptNumber: string | null;
  quantity: string | null;
  /** Major units, as the old system gave it; null without the right to money, too. */
  amount: string | null;
}

/** What an old system knew of this client: latest first, at most 500 lines. */
export async function readHistory(
  db: Db,
  { scope, money }: ClientSight,
  clientId: string,
): Promise<CardHistory[] | null> {
  const id = await findCard(db, scope, clientId);
  if (id === null) return null;
  await noteReading(db, id);
  const rows = await db.historyEntry.findMany({
    where: { clientId: id },
    orderBy: [{ serviceDate: 'desc' }, { sourceKey: 'asc' }],
    take: 500,
  });
  const specialists = await db.resource.findMany({
    where: { id: { in: [...new Set(rows.flatMap(({ specialistId }) => specialistId ?? []))] } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(specialists.map(({ id: specialistId, name }) => [specialistId, name]));
  return rows.map((row) => ({
    entryId: row.id,
    kind: row.kind,
    serviceDate: row.serviceDate.toISOString().slice(0, 10),
    description: row.description,
    specialistName: nameOf.get(row.specialistId ?? '') ?? null,
    receiptNumber: row.receiptNumber,
    quantity: row.quantity?.toString() ?? null,
    amount: money ? (row.amount?.toString() ?? null) : null,
  }));
}

/** What cards may be marked with, for menus and filters. */
export async function readCardChoices(db: Db): Promise<{
  tags: { tagId: string; name: string; hue: number; groupName: string | null; isAccess: boolean }[];
  sources: { sourceId: string; name: string }[];
}> {
  const [tags, sources] = await Promise.all([
    db.tag.findMany({ orderBy: [{ groupName: 'asc' }, { name: 'asc' }] }),
    db.source.findMany({ where: { isActive: true }, orderBy: [{ rank: 'asc' }, { name: 'asc' }] }),
  ]);
  return {
    tags: tags.map(({ id, name, hue, groupName, isAccess }) => ({
      tagId: id,
      name,
      hue,
      groupName,
      isAccess,
    })),
    sources: sources.map(({ id, name }) => ({ sourceId: id, name })),
  };
}

export interface LinkCandidate {
  clientId: string;
  cardNumber: number;
  name: string;
  emailVerified: boolean;
  /** What both cards have in common. */
  same: ('email' | 'phone' | 'name')[];
}

/** Cards with an account that may be the same person as this card without one, by what the reader sees of cards. For staff who link by hand. */
export async function readLinkCandidates(
  db: Db,
  { scope, contact }: ClientSight,
  clientId: string,
): Promise<LinkCandidate[]> {
  const id = await findCard(db, scope, clientId);
  if (id === null) return [];
  const rows = await db.$queryRaw<
    {
      id: string;
      card_number: number;
      name: string;
      verified: boolean;
      email: boolean;
      phone: boolean;
      same_name: boolean;
    }[]
  >`
    SELECT other.id, other.card_number, trim(other.first_name || ' ' || other.last_name) AS name,
      account.email_verified_at IS NOT NULL AS verified,
      ${contact} AND coalesce(other.email = own.email, FALSE) AS email,
      ${contact} AND coalesce(other.phone = own.phone, FALSE) AS phone,
      lower(other.first_name || ' ' || other.last_name) = lower(own.first_name || ' ' || own.last_name) AS same_name
    FROM client own JOIN client other ON other.id <> own.id AND other.merged_into_id IS NULL
      AND (${contact} AND (other.email = own.email OR other.phone = own.phone)
        OR lower(other.first_name || ' ' || other.last_name) = lower(own.first_name || ' ' || own.last_name))
      JOIN account ON account.id = other.account_id AND account.blocked_at IS NULL
    WHERE own.id = ${id}::uuid AND ${withinScope(scope, 'other')} ORDER BY 5 DESC, 6 DESC, other.card_number LIMIT 10`;
  return rows.map((row) => ({
    clientId: row.id,
    cardNumber: row.card_number,
    name: row.name,
    emailVerified: row.verified,
    same: [
      ...(row.email ? ['email' as const] : []),
      ...(row.phone ? ['phone' as const] : []),
      ...(row.same_name ? ['name' as const] : []),
    ],
  }));
}
