/** A clinic in which every personal field holds a canary, and everybody who may come to its doors. */
import { createHash, randomUUID } from 'node:crypto';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { rights, type Right, shippedRoles } from '../../src/domain/access/actor.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { codeHash } from '../../src/server/access/proof.ts';
import { factorKey } from '../../src/server/access/second-factor.ts';
import { hashToken } from '../../src/server/access/tokens.ts';
import { codeAt, newSeed, stepAt } from '../../src/server/access/totp.ts';
import type { Db } from '../../src/server/db.ts';
import { seal } from '../../src/server/keys.ts';
import { noteEntry } from '../../src/server/trail/note.ts';
import { appUrl } from '../support/api-server.ts';
import { addClinic, addSpecialist } from '../support/clinic.ts';
import { doorSettings, makeRoles } from '../support/people.ts';
import { Canaries } from './canaries.ts';
import { plantImports } from './plant-imports.ts';
import { plantHouse } from './plant-house.ts';
import { plantJoined, plantPhotograph, plantSchemes, plantStock } from './plant-schemes.ts';
import type { PlantedScheme } from '../support/planted-scheme.ts';
import { type Ground, plantCard, plantHold, type PlantedVisit, plantVisit } from './plant.ts';

export const actorNames = [
  'nobody',
  'client',
  'other client',
  'specialist with the tag',
  'specialist without',
  'specialist with a visit',
  'receptionist',
  'administrator',
] as const;

export interface WorldActor {
  name: string;
  kind: 'nobody' | 'client' | 'staff';
  accountId: string | null;
  /** Their card, for clients. */
  clientId: string | null;
  specialistId: string | null;
  rights: ReadonlySet<Right>;
  cookie: string;
  /** `holder:…` as holds are kept under it. */
  holder: string;
}

/** A card with what belongs to it; a merged one still has its own row. */
export interface Card {
  name: string;
  clientId: string;
  accountId: string | null;
  visits: PlantedVisit[];
  messageIds: string[];
  entryId: string;
  sessionId: string | null;
  deviceId: string | null;
  /** A draft, one that is finished, and one that its client may see. */
  schemes: PlantedScheme[];
  photographId: string;
}

export interface World {
  canaries: Canaries;
  actors: WorldActor[];
  cards: Record<CardName, Card>;
  /** Accounts of the staff, by actor; a colleague has one too. */
  staff: Map<string, { accountId: string; sessionId: string; deviceId: string }>;
  /** Empty where there was no folder for their files. */
  batchIds: string[];
  roleIds: string[];
  password: string;
  /** The plainest service there is. */
  serviceId: string;
  /** A draft that is joined by tokens alone: no card's. */
  joined: PlantedScheme;
  /** What nobody could guess, by the name of the field that asks for it. */
  known: Record<string, readonly unknown[]>;
}

export const cardNames = ['own', 'other', 'tagged', 'visited', 'foreign', 'merged'] as const;
export type CardName = (typeof cardNames)[number];

const password = 'violet anchor and a marble otter';
const holderOf = (token: string) => `holder:${hashToken(token).toString('hex')}`;

/** The code in the message that somebody was sent two minutes ago. */
const proofCode = '482913';

async function plantProof(db: Db, accountId: string, now: Date): Promise<void> {
  const id = randomUUID();
  await db.contactProof.create({
    data: {
      id,
      accountId,
      channel: 'email',
      address: (await db.account.findUniqueOrThrow({ where: { id: accountId } })).email,
      codeHash: codeHash(id, proofCode),
      createdAt: new Date(now.getTime() - 120_000),
      expiresAt: new Date(now.getTime() + 480_000),
    },
  });
}

interface Person {
  role: string;
  specialistId?: string;
}

/** `single`: besides everybody, one staff account for each right, holding no other. `folder`: where uploads rest. */
export async function makeWorld(
  db: Db,
  now: Date,
  options: { single?: boolean; folder?: string } = {},
): Promise<World> {
  const canaries = new Canaries();
  const clinic = await addClinic(db);
  const visiting = await addSpecialist(db, clinic.locationId, 'Vera', 2);
  const plain = await addSpecialist(db, clinic.locationId, 'Paul', 3);
  for (const specialistId of [visiting, plain])
    await db.specialistService.create({ data: { specialistId, serviceId: clinic.facial } });
  await makeRoles(db);
  const ground: Ground = { db, canaries, locationId: clinic.locationId, serviceId: clinic.facial, now };
  const passwordHash = await hashPassword(password);
  const seed = newSeed();

  async function account(of: string, kind: 'client' | 'staff', roleKeys: string[]) {
    const contact = kind === 'client' ? 'contact' : 'staffContact';
    const roles = await db.role.findMany({ where: { key: { in: roleKeys } } });
    const { id } = await db.account.create({
      data: {
        id: randomUUID(),
        email: `${canaries.word({ kind: contact, of })}@post.example`,
        // One client has still to prove theirs.
        emailVerifiedAt: of === 'other' ? null : now,
        phone: canaries.phone({ kind: contact, of }),
        name: canaries.word({ kind: kind === 'client' ? 'accountName' : 'staffName', of }),
        createdAt: now,
        roles: { create: roles.map(({ id: roleId }) => ({ roleId })) },
        credential: { create: { passwordHash, changedAt: now } },
        recoveryCodes: {
          create: { id: randomUUID(), codeHash: createHash('sha256').update(of).digest() },
        },
      },
    });
    // The desk and one of the clients have begun to set theirs up.
    await db.secondFactor.create({
      data: {
        accountId: id,
        seedSealed: seal(factorKey(doorSettings.masterKey), seed, id),
        confirmedAt: of === 'receptionist' || of === 'other' ? null : now,
        createdAt: now,
      },
    });
    if (of === 'other') await plantProof(db, id, now);
    const seen = () => canaries.word({ kind: 'session', of });
    const { id: deviceId } = await db.device.create({
      data: {
        id: randomUUID(),
        tokenHash: createHash('sha256').update(`device of ${of}`).digest(),
        userAgent: seen(),
        createdAt: now,
        lastSeenAt: now,
        accounts: { create: { accountId: id, firstAt: now, lastFullAt: now } },
      },
    });
    const open = (origin: { userAgent: string; ipAddress: string }) =>
      db.$transaction((tx) =>
        openSession(tx, {
          id: randomUUID(),
          accountId: id,
          now,
          origin,
          openedBy: 'second_factor',
          deviceId,
        }),
      );
    // One session that the tests use, and one more to be ended.
    const cookie = `${sessionCookieName(appUrl)}=${await open({ userAgent: seen(), ipAddress: seen() })}`;
    await open({ userAgent: seen(), ipAddress: seen() });
    const session = await db.session.findFirstOrThrow({
      where: { accountId: id },
      orderBy: { id: 'asc' },
      select: { id: true },
    });
    return { accountId: id, deviceId, sessionId: session.id, cookie };
  }

  const staff: World['staff'] = new Map();
  const actors: WorldActor[] = [];
  const people: [string, Person][] = [
    ['specialist with the tag', { role: 'specialist', specialistId: clinic.nora }],
    ['specialist without', { role: 'specialist', specialistId: plain }],
    ['specialist with a visit', { role: 'specialist', specialistId: visiting }],
    ['receptionist', { role: 'receptionist' }],
    ['administrator', { role: 'administrator' }],
    ['colleague', { role: 'specialist', specialistId: clinic.mila }],
  ];
  if (options.single) {
    for (const right of rights) {
      const key = `only ${right}`;
      await db.role.create({ data: { id: randomUUID(), key, name: key, rights: [right] } });
      people.push([key, { role: key }]);
    }
  }
  const clients: Partial<Record<CardName, Awaited<ReturnType<typeof account>>>> = {};
  const nobodysToken = randomUUID();
  actors.push({
    name: 'nobody',
    kind: 'nobody',
    accountId: null,
    clientId: null,
    specialistId: null,
    rights: new Set(),
    cookie: `dermis.holder=${nobodysToken}`,
    holder: holderOf(nobodysToken),
  });
  for (const card of ['own', 'other'] as const) {
    clients[card] = await account(card, 'client', ['client']);
  }
  for (const [name, { role, specialistId }] of people) {
    const made = await account(name, 'staff', [role]);
    staff.set(name, made);
    if (specialistId)
      await db.specialist.update({ where: { id: specialistId }, data: { accountId: made.accountId } });
    const held = role.startsWith('only ')
      ? rights.filter((right) => role === `only ${right}`)
      : shippedRoles[role as keyof typeof shippedRoles];
    if (name !== 'colleague')
      actors.push({
        name,
        kind: 'staff',
        accountId: made.accountId,
        clientId: null,
        specialistId: specialistId ?? null,
        rights: new Set(held),
        cookie: made.cookie,
        holder: `account:${made.accountId}`,
      });
  }

  const cards: Partial<Record<CardName, Card>> = {};
  const stock = await plantStock(ground);
  const openedBy = staff.get('colleague')?.accountId ?? randomUUID();
  // A day each, so that everybody's hour is free for everybody.
  for (const [index, name] of cardNames.entries()) {
    const owner = clients[name];
    const planted = await plantCard(ground, name, owner?.accountId ?? null);
    const [performer, specialistId] =
      name === 'visited' ? ['specialist with a visit', visiting] : ['colleague', clinic.mila];
    const day = (date: string, hour: number) => `${date}T${String(hour).padStart(2, '0')}:00:00Z`;
    const hour = 7 + index;
    const visit = (startsAt: string, status: string, by = { performer, specialistId }) =>
      plantVisit(ground, { of: name, clientId: planted.clientId, startsAt, status, ...by });
    const held = (of: string, startsAt: string) =>
      plantHold(ground, {
        startsAt,
        specialistId,
        holder: owner ? `account:${owner.accountId}` : holderOf(of === 'foreign' ? nobodysToken : of),
      });
    const zora = { performer: 'colleague', specialistId: clinic.mila };
    const visits = [
      await visit(day('2026-06-08', hour), 'booked'),
      await visit(day('2026-06-09', hour), 'pending'),
      await visit(day('2026-06-03', hour), 'arrived', zora),
      await visit(day('2026-05-20', hour), 'fulfilled', zora),
      // Held, by whoever has an account, or by a browser.
      ...(name === 'merged' ? [] : [await held(name, day('2026-06-11', hour))]),
      // Refused: whoever it was asked of learns nothing by it.
      await visit(day('2026-06-10', hour), 'declined', {
        performer: 'specialist without',
        specialistId: plain,
      }),
    ];
    await db.$transaction((tx) =>
      noteEntry(tx, {
        action: 'client.read',
        subjectType: 'client',
        subjectId: planted.clientId,
        clientId: planted.clientId,
        reason: `because ${canaries.word({ kind: 'reason', of: name })}`,
      }),
    );
    cards[name] = {
      ...planted,
      name,
      visits,
      accountId: owner?.accountId ?? null,
      sessionId: owner?.sessionId ?? null,
      deviceId: owner?.deviceId ?? null,
      photographId: await plantPhotograph(ground, { of: name, clientId: planted.clientId }),
      schemes: await plantSchemes(ground, stock, { of: name, clientId: planted.clientId, openedBy }),
    };
    if (owner)
      actors.splice(1 + index, 0, {
        name: name === 'own' ? 'client' : 'other client',
        kind: 'client',
        accountId: owner.accountId,
        clientId: planted.clientId,
        specialistId: null,
        rights: new Set(),
        cookie: owner.cookie,
        holder: `account:${owner.accountId}`,
      });
  }
  const all = cards as Record<CardName, Card>;
  // As `mergeCards` leaves it: everything has gone over, the card itself and its access tags stay behind.
  const moved = { where: { clientId: all.merged.clientId }, data: { clientId: all.foreign.clientId } };
  await db.appointment.updateMany(moved);
  await db.visit.updateMany(moved);
  await db.historyEntry.updateMany(moved);
  await db.message.updateMany(moved);
  await db.scheme.updateMany(moved);
  await db.picture.updateMany(moved);
  await db.schemeDose.updateMany(moved);
  await db.client.update({
    where: { id: all.merged.clientId },
    data: { mergedIntoId: all.foreign.clientId },
  });
  const tag = async (name: string, isAccess: boolean, specialistId: string, of: Card[]) => {
    const { id } = await db.tag.create({ data: { id: randomUUID(), name, isAccess } });
    await db.specialistTag.create({ data: { specialistId, tagId: id } });
    await db.clientTag.createMany({ data: of.map(({ clientId }) => ({ clientId, tagId: id })) });
  };
  await tag('Nora’s own', true, clinic.nora, [all.tagged]);
  // No tag of an ordinary kind opens a card, nor does one that stayed behind on a merged card.
  await tag('Likes tea', false, plain, [all.foreign, all.tagged]);
  await tag('Paul’s own', true, plain, [all.merged]);
  await db.source.create({ data: { id: randomUUID(), name: 'Friends' } });

  const joined = await plantJoined(ground, { clientId: all.foreign.clientId, openedBy });
  const batchIds = options.folder ? await plantImports(ground, options.folder) : [];
  const mappings = (await db.importBatch.findMany()).map(({ mapping }) => mapping);
  const entries = await db.auditEntry.findMany({
    where: { NOT: { personalSealed: null } },
    take: 20,
    select: { id: true },
  });
  await plantHouse(ground, clinic.mila);
  await db.attemptCounter.create({
    data: {
      key: 'sign_in account somebody',
      subjectKind: 'network',
      network: canaries.word({ kind: 'session', of: 'administrator' }),
      count: 12,
      firstAt: now,
      lastAt: now,
      blockedUntil: new Date(now.getTime() + 600_000),
    },
  });
  return {
    canaries,
    actors,
    cards: all,
    staff,
    batchIds,
    roleIds: (await db.role.findMany({ orderBy: { key: 'asc' } })).map(({ id }) => id),
    password,
    serviceId: clinic.facial,
    joined,
    known: {
      guestToken: [joined.guestToken],
      inviteToken: [joined.inviteToken],
      markIds: [['shape:one']],
      productId: [stock.productId, stock.spareProductId],
      expiresOn: ['2027-03-31'],
      key: ['sign_in account somebody'],
      currentPassword: [password],
      password: [password],
      newPassword: ['a grove of 7 patient lanterns'],
      code: [proofCode, codeAt(seed, stepAt(now))],
      pin: ['482913', '9174'],
      currency: ['EUR'],
      settings: mappings,
      entryId: entries.flatMap(({ id }) => [String(id), Number(id)]),
    },
  };
}
