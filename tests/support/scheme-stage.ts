/** A card with who treats it and who doesn't, products with lots, and records to draw: for tests of schemes. */
import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/domain/access/actor.ts';
import { schemeRecord, type SchemeRecord } from '../../src/domain/scheme/marks.ts';
import type { Refusal, Result } from '../../src/domain/refusal.ts';
import { type Db, transact } from '../../src/server/db.ts';
import { appendRecords } from '../../src/server/schemes/append.ts';
import { loadDocument, recordsOfDocument } from '../../src/server/schemes/document.ts';
import { openScheme } from '../../src/server/schemes/open.ts';
import { by } from './by.ts';
import { house, makeHouse } from './house.ts';
import { type Bench, makeAppointment, makeCard, makeRoles, staff } from './people.ts';

export interface SchemeStage {
  clientId: string;
  otherClientId: string;
  visitId: string;
  /** Treats the client, by a visit. */
  anna: Extract<Actor, { kind: 'staff' }>;
  /** Treats nobody here. */
  boris: Extract<Actor, { kind: 'staff' }>;
  /** Sees the card, and none of its schemes. */
  desk: Extract<Actor, { kind: 'staff' }>;
  administrator: Extract<Actor, { kind: 'staff' }>;
  botox: string;
  filler: string;
  lots: { botox: string; botoxExpired: string; filler: string };
}

export async function makeSchemeStage({ db }: Bench): Promise<SchemeStage> {
  await makeHouse(db, { hours: false });
  await makeRoles(db);
  const clientId = await makeCard(db);
  const otherClientId = await makeCard(db, { firstName: 'Boris', lastName: 'Lang' });
  const account = async (actor: Extract<Actor, { kind: 'staff' }>, name: string) => {
    await db.account.create({
      data: {
        id: actor.accountId,
        name,
        email: `${name.replace(' ', '.')}@example.com`,
        createdAt: new Date(),
      },
    });
    const role = await db.role.findUniqueOrThrow({ where: { key: actor.roleKeys[0] ?? '' } });
    await db.accountRole.create({ data: { accountId: actor.accountId, roleId: role.id } });
    return actor;
  };
  const someone = (actor: Extract<Actor, { kind: 'staff' }>, name: string) =>
    account({ ...actor, accountId: randomUUID(), name }, name);
  const appointmentId = await makeAppointment(db, { clientId, status: 'arrived' });
  const visitId = randomUUID();
  await db.visit.create({
    data: {
      id: visitId,
      appointmentId,
      clientId,
      specialistId: house.anna,
      status: 'in_progress',
      serviceDate: new Date('2026-06-04'),
      createdAt: new Date('2026-06-04T12:30:00Z'),
    },
  });
  const product = async (name: string, doseUnit: string, hue: number) =>
    (
      await db.product.create({
        data: { id: randomUUID(), code: name, name, priceMinor: 1, costMinor: 1, doseUnit, hue },
      })
    ).id;
  const lot = async (productId: string, number: string, expiresOn: string) =>
    (
      await db.lot.create({
        data: { id: randomUUID(), productId, number, expiresOn: new Date(expiresOn), createdAt: new Date() },
      })
    ).id;
  const [botox, filler] = [await product('Botox', 'U', 1), await product('Volift', 'ml', 4)];
  return {
    clientId,
    otherClientId,
    visitId,
    anna: await someone(staff('specialist', house.anna), 'Anna Weiss'),
    boris: await someone(staff('specialist', house.boris), 'Boris Kern'),
    desk: await someone(staff('receptionist'), 'Desk'),
    administrator: await someone(staff('administrator'), 'Ada'),
    botox,
    filler,
    lots: {
      botox: await lot(botox, 'B-100', '2026-06-03'),
      botoxExpired: await lot(botox, 'B-099', '2026-06-02'),
      filler: await lot(filler, 'V-7', '2027-01-31'),
    },
  };
}

/** The value of what must have been done. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

export const refusalOf = (result: Result<unknown>): Refusal | null => (result.ok ? null : result.refusal);

export const opened = async (bench: Bench, stage: SchemeStage, title = 'Forehead'): Promise<string> =>
  valueOf(
    await by(openScheme, bench.deps, stage.anna, {
      clientId: stage.clientId,
      visitId: null,
      backdrop: { kind: 'template', templateKey: 'face_front_female' },
      title: `${title} ${randomUUID().slice(0, 8)}`,
      underSchemeId: null,
    }),
  ).schemeId;

const shape = {
  typeName: 'shape',
  parentId: 'page:scheme',
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
};
let count = 0;
const index = (): string => `a${String(++count).padStart(6, '0')}V`;

interface Given {
  productId: string;
  productName: string;
  dose: number;
  unit: 'U' | 'ml';
}

export const injection = (name: string, given: Given | null, x = 500, y = 420): SchemeRecord =>
  schemeRecord.parse({
    ...shape,
    id: `shape:${name}`,
    index: index(),
    type: 'injection',
    x,
    y,
    props: { given, hue: 1, depth: 'intramuscular', tool: 'needle' },
  });

export const stroke = (
  name: string,
  points: { x: number; y: number; z?: number }[],
  x = 0,
  y = 0,
): SchemeRecord =>
  schemeRecord.parse({
    ...shape,
    id: `shape:${name}`,
    index: index(),
    type: 'draw',
    x,
    y,
    props: {
      color: 'black',
      fill: 'none',
      dash: 'draw',
      size: 'm',
      segments: [{ type: 'free', points }],
      isComplete: true,
      isClosed: false,
      isPen: true,
      scale: 1,
    },
  });

export const schemeOf = (db: Db, schemeId: string) =>
  db.scheme.findUniqueOrThrow({ where: { id: schemeId } });

/** Makes the document hold exactly these, as if Anna had drawn them. */
export async function draw(
  bench: Bench,
  stage: SchemeStage,
  schemeId: string,
  records: SchemeRecord[],
): Promise<void> {
  const { generation } = await schemeOf(bench.db, schemeId);
  const writer = { accountId: stage.anna.accountId, guestId: null, name: 'Anna Weiss' };
  await transact(bench.db, (tx) =>
    appendRecords(
      tx,
      { schemeId, generation },
      { writer, kind: 'drawn', now: bench.clock.now() },
      new Map(records.map((record) => [record.id, record])),
    ),
  );
}

/** The records as they are committed now, by id. */
export async function drawnOf(bench: Bench, schemeId: string): Promise<string[]> {
  const { generation } = await schemeOf(bench.db, schemeId);
  return [...recordsOfDocument(await loadDocument(bench.db, { schemeId, generation })).keys()].sort();
}
