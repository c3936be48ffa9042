/**
 * Who may see and change what, from the words of the promise alone: administrators everything, specialists their own visits and the
 * clients they share a tag or a visit with, clients what is theirs, and of contacts, money and notes nobody more than their rights
 * say. Nothing of the product's own policy is asked here.
 */
import type { Right } from '../../src/domain/access/actor.ts';
import type { Canary } from './canaries.ts';
import type { RowChange } from './watch.ts';
import { type Card, type CardName, cardNames, type World, type WorldActor } from './world.ts';

const cardOf = (name: string): CardName | null => cardNames.find((each) => each === name) ?? null;
const ownCards: Readonly<Record<string, CardName>> = { client: 'own', 'other client': 'other' };
const isAdministrator = (actor: WorldActor): boolean => actor.name === 'administrator';
export const has = (actor: WorldActor, right: Right): boolean =>
  actor.kind === 'staff' && actor.rights.has(right);

/** Whose card it is to whom: the relations of the matrix. */
export function seesCard(actor: WorldActor, card: CardName): boolean {
  if (has(actor, 'clients.view_all')) return true;
  if (actor.kind === 'client') return ownCards[actor.name] === card;
  if (actor.name === 'specialist with the tag') return card === 'tagged';
  return actor.name === 'specialist with a visit' && card === 'visited';
}

/** By a tag or a visit. */
const treats = (actor: WorldActor, card: CardName): boolean =>
  (actor.name === 'specialist with the tag' && card === 'tagged') ||
  (actor.name === 'specialist with a visit' && card === 'visited');
/** Of whom one treats, or with the right to all of them. */
const seesDrawings = (actor: WorldActor, card: CardName): boolean =>
  actor.kind === 'staff' && seesCard(actor, card) && (treats(actor, card) || has(actor, 'schemes.view'));
const draws = (actor: WorldActor, card: CardName): boolean =>
  actor.kind === 'staff' &&
  seesCard(actor, card) &&
  (treats(actor, card) || (has(actor, 'schemes.view') && has(actor, 'schemes.edit_all')));

const isOwn = (actor: WorldActor, of: string): boolean =>
  of === actor.name || (actor.kind === 'client' && ownCards[actor.name] === of);

export function maySee(actor: WorldActor, { kind, of, performer }: Canary): boolean {
  if (kind === 'secret') return false;
  if (isAdministrator(actor)) return true;
  const card = cardOf(of);
  const sees = card !== null && seesCard(actor, card);
  const own = isOwn(actor, of);
  const performs = performer !== undefined && performer === actor.name;
  switch (kind) {
    case 'name':
      return sees || own;
    case 'accountName':
      // Accounts are blocked and released by name.
      return sees || own || has(actor, 'people.edit');
    case 'contact':
      return own || (sees && has(actor, 'clients.contact'));
    case 'cardNote':
      return sees && has(actor, 'notes.view_all');
    case 'visitNote':
      return performs || (has(actor, 'notes.view_all') && (sees || has(actor, 'calendar.view_all')));
    case 'money':
      return own || (has(actor, 'money.view') && (sees || performs || has(actor, 'calendar.view_all')));
    case 'history':
      return actor.kind === 'staff' && sees;
    case 'drawing':
      return card !== null && seesDrawings(actor, card);
    case 'sharedDrawing':
      return own || (card !== null && seesDrawings(actor, card));
    case 'message':
      return sees && has(actor, 'messages.view');
    case 'import':
      return has(actor, 'imports.run');
    case 'staffName':
      return actor.kind === 'staff';
    case 'staffContact':
      return own || has(actor, 'people.edit');
    case 'session':
      // Where a client is signed in is part of the card.
      return own || (has(actor, 'people.edit') && (card === null || sees));
    case 'reason':
      return has(actor, 'audit.view') || (sees && actor.kind === 'staff');
  }
}

/** Ids of people whom this actor must not even hear of. */
export function hiddenIds(actor: WorldActor, { cards }: World): string[] {
  if (isAdministrator(actor)) return [];
  const foreign = cardNames.filter((name) => !seesCard(actor, name)).map((name) => cards[name]);
  return foreign.flatMap((card) => {
    const schemeIds = card.schemes.map(({ schemeId }) => schemeId);
    const person = [card.clientId, card.accountId, ...card.messageIds, ...schemeIds].filter(
      (id) => id !== null,
    );
    if (actor.kind === 'staff') return person;
    // Clients hear nothing of others' visits; to staff a column shows that time is taken.
    return [...person, ...card.visits.map(({ appointmentId }) => appointmentId)];
  });
}

// ── Changes ─────────────────────────────────────────────────────────────────────────────────────────────────

/** What a request leaves behind whoever sends it: signals, answers kept for a repetition, the trail, guesses counted. */
const bookkeeping = new Set([
  'change_event',
  'audit_entry',
  'audit_unsealed',
  'attempt_counter',
  'used_challenge',
  'client_key',
]);
const ofClient: Readonly<Record<string, string>> = {
  client: 'id',
  client_tag: 'client_id',
  visit: 'client_id',
  history_entry: 'client_id',
  message: 'client_id',
  appointment: 'client_id',
};
/** Around a scheme, by its id. */
const ofScheme = new Set([
  'scheme_update',
  'scheme_state',
  'scheme_writer',
  'scheme_step',
  'scheme_mark',
  'scheme_revision',
  'scheme_beside',
  'scheme_dose',
  'drawing_ticket',
  'drawing_invite',
  'drawing_guest',
]);
const ofAppointment = new Set(['appointment_item', 'claim', 'status_change']);
/** Goes with the service or the technique it is about. */
const ofService = new Set(['specialist_service', 'specialist_technique']);
/** Goes with the person, room or device. */
const ofResource = new Set(['schedule', 'weekly_interval', 'schedule_exception', 'leave', 'claim']);
const ofAccount: Readonly<Record<string, string>> = {
  account: 'id',
  account_role: 'account_id',
  session: 'account_id',
  credential: 'account_id',
  second_factor: 'account_id',
  recovery_code: 'account_id',
  password_reset: 'account_id',
  contact_proof: 'account_id',
  device_account: 'account_id',
};
/** Tables of the house, and who keeps them. */
const keepers: Readonly<Record<string, Right>> = {
  tag: 'clients.edit',
  leave: 'hours.edit',
  closure: 'hours.edit',
  schedule: 'hours.edit',
  weekly_interval: 'hours.edit',
  schedule_exception: 'hours.edit',
  service: 'catalogue.edit',
  service_category: 'catalogue.edit',
  service_prerequisite: 'catalogue.edit',
  technique: 'catalogue.edit',
  lot: 'catalogue.edit',
  resource_requirement: 'catalogue.edit',
  clinic: 'settings.edit',
  location: 'settings.edit',
  resource: 'people.edit',
  specialist: 'people.edit',
  specialist_service: 'people.edit',
  specialist_technique: 'people.edit',
  specialist_tag: 'people.edit',
  role: 'roles.edit',
};

interface Scene {
  actor: WorldActor;
  world: World;
  changes: readonly RowChange[];
}

const textOf = (row: Record<string, unknown> | null, column: string): string | null => {
  const value = row?.[column];
  return typeof value === 'string' ? value : null;
};

const everyCard = ({ cards }: World): Card[] => cardNames.map((name) => cards[name]);

/** Rows that this request itself has made belong to who sent it. */
const isNew = ({ changes }: Scene, table: string, id: string | null): boolean =>
  changes.some(({ table: at, op, after }) => at === table && op === 'INSERT' && textOf(after, 'id') === id);

/** Whether nobody's, or of a card that this actor sees. */
function mayReadOf({ actor, world }: Scene, clientId: string | null): boolean {
  const card = everyCard(world).find((each) => each.clientId === clientId);
  return card === undefined || seesCard(actor, card.name as CardName);
}

function mayChangeClient(scene: Scene, clientId: string | null): boolean {
  const { actor, world } = scene;
  const card = everyCard(world).find((each) => each.clientId === clientId);
  if (!card) return isNew(scene, 'client', clientId);
  if (actor.kind === 'client') return actor.clientId === clientId;
  return has(actor, 'clients.edit') && seesCard(actor, card.name as CardName);
}

function mayChangeAppointment(scene: Scene, id: string | null, row: Record<string, unknown> | null): boolean {
  const { actor, world } = scene;
  // What a browser or an account holds, and what it makes of it.
  const isHeld = scene.changes.some(
    ({ table, before }) =>
      table === 'appointment' && textOf(before, 'id') === id && textOf(before, 'holder_key') === actor.holder,
  );
  if (isHeld) return true;
  const card = everyCard(world).find(({ visits }) =>
    visits.some(({ appointmentId }) => appointmentId === id),
  );
  const visit = card?.visits.find(({ appointmentId }) => appointmentId === id);
  if (has(actor, 'calendar.edit_all')) return true;
  if (visit && card)
    return actor.kind === 'client'
      ? actor.clientId === card.clientId
      : actor.specialistId !== null && visit.specialistId === actor.specialistId;
  if (!isNew(scene, 'appointment', id)) return false;
  // A new one: a hold of one's own, one's own visit, or a specialist's for a client they see.
  const made = scene.changes.find(
    ({ table, op, after }) => table === 'appointment' && op === 'INSERT' && textOf(after, 'id') === id,
  );
  const clientId = textOf(made?.after ?? row, 'client_id');
  if (clientId === null) return textOf(made?.after ?? row, 'holder_key') === actor.holder;
  const forCard = everyCard(world).find((each) => each.clientId === clientId);
  return forCard !== undefined && seesCard(actor, forCard.name as CardName);
}

/** Whoever draws on that client's; a way in is opened by who sees it; and by the token of a code nobody could guess, that one drawing's. */
function mayChangeScheme({ actor, world, changes }: Scene, table: string, schemeId: string | null): boolean {
  if (schemeId === world.joined.schemeId) return table.startsWith('drawing_');
  const made = changes.find(
    ({ table: at, op, after }) => at === 'scheme' && op === 'INSERT' && textOf(after, 'id') === schemeId,
  );
  const clientId = textOf(made?.after ?? null, 'client_id');
  const card = everyCard(world).find(
    (each) => each.clientId === clientId || each.schemes.some((scheme) => scheme.schemeId === schemeId),
  );
  if (!card) return false;
  const name = card.name as CardName;
  return draws(actor, name) || (table === 'drawing_ticket' && seesDrawings(actor, name));
}

/** The house's own by who keeps the catalogue; a photograph by who draws on that client's. */
function mayChangePicture({ actor, world }: Scene, clientId: string | null): boolean {
  if (clientId === null) return has(actor, 'catalogue.edit');
  const card = everyCard(world).find((each) => each.clientId === clientId);
  return card !== undefined && draws(actor, card.name as CardName);
}

function mayChangeAccount(scene: Scene, { table, op }: RowChange, accountId: string | null): boolean {
  const { actor, world } = scene;
  if (accountId === actor.accountId || isNew(scene, 'account', accountId)) return true;
  // A colleague's, or that of a client whose card one sees.
  const card = everyCard(world).find((each) => each.accountId !== null && each.accountId === accountId);
  if (has(actor, 'people.edit') && (!card || seesCard(actor, card.name as CardName))) return true;
  // Whoever asks for a link to a new password asks for somebody not signed in.
  return table === 'password_reset' && op === 'INSERT' && actor.kind === 'nobody';
}

const drawnOf = new Set(['scheme', 'scheme_dose', 'picture']);

function isMovedCard({ table, op, before, after }: RowChange): boolean {
  if (op !== 'UPDATE' || !drawnOf.has(table) || !before || !after) return false;
  return Object.keys(after).every(
    (column) => column === 'client_id' || JSON.stringify(before[column]) === JSON.stringify(after[column]),
  );
}

/** Whether a row may be written by this actor's hand, as it was and as it is to be. */
export function mayChange(scene: Scene, change: RowChange): boolean {
  const { actor, world } = scene;
  const { table, op, before, after } = change;
  if (op === 'TRUNCATE') return false;
  if (isAdministrator(actor) || bookkeeping.has(table)) return true;
  const sides = [before, after].filter((row) => row !== null);
  const keeper = keepers[table];
  if (keeper && has(actor, keeper)) return true;
  if (op === 'DELETE' && ofService.has(table)) return has(actor, 'catalogue.edit');
  if (op === 'DELETE' && ofResource.has(table) && has(actor, 'people.edit')) return true;
  if (keeper) return false;
  // Time that is away or closed is claimed like a visit's; of somebody new at a place, too, by whoever brings them in.
  if (table === 'claim' && sides.every((row) => textOf(row, 'leave_id') ?? textOf(row, 'closure_id')))
    return has(actor, 'hours.edit') || (op === 'INSERT' && has(actor, 'people.edit'));
  if (table === 'product' && has(actor, 'catalogue.edit')) return true;
  if (table.startsWith('import_') || table === 'imported_code' || table === 'product')
    return has(actor, 'imports.run');
  if (table === 'idempotency_key') return sides.every((row) => textOf(row, 'owner') === actor.holder);
  if (table === 'device') {
    const foreign = [...world.staff.values()].filter(({ accountId }) => accountId !== actor.accountId);
    const known = [...foreign, ...everyCard(world).filter(({ clientId }) => clientId !== actor.clientId)];
    return known.every(({ deviceId }) => sides.every((row) => textOf(row, 'id') !== deviceId));
  }
  if (table === 'appointment')
    return sides.every((row) => mayChangeAppointment(scene, textOf(row, 'id'), row));
  if (ofAppointment.has(table))
    return sides.every((row) => mayChangeAppointment(scene, textOf(row, 'appointment_id'), null));
  if (table === 'visit')
    return sides.every((row) => mayChangeAppointment(scene, textOf(row, 'appointment_id'), null));
  if (table === 'message' && has(actor, 'messages.view'))
    return op === 'UPDATE' && sides.every((row) => mayReadOf(scene, textOf(row, 'client_id')));
  // Two cards of one person become one: what was drawn goes over with the rest, as it is.
  if (isMovedCard(change)) return sides.every((row) => mayChangeClient(scene, textOf(row, 'client_id')));
  if (table === 'picture') return sides.every((row) => mayChangePicture(scene, textOf(row, 'client_id')));
  if (table === 'scheme') return sides.every((row) => mayChangeScheme(scene, table, textOf(row, 'id')));
  if (ofScheme.has(table))
    return sides.every((row) => mayChangeScheme(scene, table, textOf(row, 'scheme_id')));
  const clientColumn = ofClient[table];
  if (clientColumn) return sides.every((row) => mayChangeClient(scene, textOf(row, clientColumn)));
  const accountColumn = ofAccount[table];
  if (accountColumn) return sides.every((row) => mayChangeAccount(scene, change, textOf(row, accountColumn)));
  // A table that nobody has thought of: an administrator's alone, until it is said here whose it is.
  return false;
}

/** Columns that say that something was written, not what. */
const idle = new Set(['version', 'policy_version', 'updated_at', 'last_seen_at']);

/** What follows from a visit, or tells its steps itself. */
const derived = new Set(['claim', 'status_change', 'idempotency_key']);

/** Whether a change is one that needs no entry in the trail. */
export function isBookkeeping({ table, before, after }: RowChange): boolean {
  if (bookkeeping.has(table) || derived.has(table)) return true;
  if (!before || !after) return false;
  return Object.keys(after).every(
    (column) => idle.has(column) || JSON.stringify(before[column]) === JSON.stringify(after[column]),
  );
}
