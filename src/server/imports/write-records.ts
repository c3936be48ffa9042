/** Writes services, products, staff and clients. What exists already is never overwritten. */
import { z } from 'zod';
import { minutesByRule } from '../../domain/import-durations.ts';
import { type Intent, intentSchemas } from '../../domain/import-rows.ts';
import { personName } from '../../domain/import-values.ts';
import { parseMajor } from '../../domain/money.ts';
import type { Effect } from './effects.ts';
import { ensureClients, ensureStaff, takeCodes } from './write-people.ts';
import type { Writer, WriteRow, Writing, Written } from './write-step.ts';

interface Read<T> {
  row: WriteRow;
  intent: T;
}
type Made = { written: Written[]; effects: Effect[] };

const madeRow = (row: WriteRow, entityType: Effect['entityType'], entityId: string): Written => ({
  row_number: row.row_number,
  outcome: 'created',
  reason: null,
  entityType,
  entityId,
});
const keptRow = (row: WriteRow): Written => ({
  row_number: row.row_number,
  outcome: 'unchanged',
  reason: 'exists',
});

async function categoriesOf(
  { tx, deps }: Writing,
  names: readonly string[],
): Promise<{ ids: Map<string, string>; effects: Effect[] }> {
  const wanted = [...new Set(names.map(personName))].toSorted();
  const rank = await tx.serviceCategory.count();
  const lines = wanted.map((name, at) => ({ id: deps.newId(), name, rank: rank + at }));
  const made = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO service_category (id, name, rank)
    SELECT id, name, rank FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l(id uuid, name text, rank integer)
    ON CONFLICT (name) DO NOTHING RETURNING id`;
  const found = await tx.serviceCategory.findMany({ where: { name: { in: wanted } } });
  return {
    ids: new Map(found.map(({ name, id }) => [name, id])),
    effects: made.map(({ id }) => ({ entityType: 'category', entityId: id, rowNumber: null })),
  };
}

async function writeServices(writing: Writing, rows: readonly Read<Intent<'services'>>[]): Promise<Made> {
  const { tx, deps, batch } = writing;
  const clinic = await tx.clinic.findFirst();
  const { currency, durations } = batch.mapping;
  // Another currency's figures must not be sold as this clinic's: such services stay off until somebody prices them.
  const isForeign = clinic !== null && clinic.currency !== currency;
  const categories = await categoriesOf(
    writing,
    rows.map(({ intent }) => intent.category),
  );
  const ids = await takeCodes(
    tx,
    deps,
    batch.origin,
    'service',
    rows.map(({ intent }) => intent.code),
  );
  const rank = await tx.service.count();
  const lines = rows.flatMap(({ intent }, at) => {
    const id = ids.get(intent.code);
    const priceMinor = parseMajor(intent.price ?? '0', currency) ?? 0;
    if (!id) return [];
    return [
      {
        id,
        category_id: categories.ids.get(personName(intent.category)),
        code: intent.code,
        name: intent.name,
        description: isForeign && priceMinor > 0 ? `${intent.price} ${currency}` : null,
        base_minutes: intent.minutes ?? minutesByRule(durations, intent.code, intent.category, null),
        price_minor: Math.max(0, priceMinor),
        is_price_from: priceMinor === 0,
        hue: (at % 10) + 1,
        rank: rank + at,
        is_active: intent.isActive && !isForeign,
      },
    ];
  });
  const made = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO service (id, category_id, code, name, description, base_minutes, price_minor, is_price_from, is_online, hue, rank, is_active)
    SELECT id, category_id, code, name, description, base_minutes, price_minor, is_price_from, false, hue, rank, is_active
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l(id uuid, category_id uuid, code text, name text, description text,
      base_minutes integer, price_minor integer, is_price_from boolean, hue integer, rank integer, is_active boolean)
    ON CONFLICT (code) DO NOTHING RETURNING id`;
  const madeIds = new Set(made.map(({ id }) => id));
  const effects: Effect[] = [...categories.effects];
  const written = rows.map(({ row, intent }) => {
    const id = ids.get(intent.code);
    if (!id || !madeIds.has(id)) return keptRow(row);
    effects.push({ entityType: 'service', entityId: id, rowNumber: row.row_number });
    return madeRow(row, 'service', id);
  });
  return { written, effects };
}

async function writeProducts(
  { tx, deps, batch }: Writing,
  rows: readonly Read<Intent<'products'>>[],
): Promise<Made> {
  const ids = await takeCodes(
    tx,
    deps,
    batch.origin,
    'product',
    rows.map(({ intent }) => intent.code),
  );
  const minor = (text: string) => parseMajor(text, batch.mapping.currency) ?? 0;
  const lines = rows.flatMap(({ intent }) => {
    const id = ids.get(intent.code);
    const { price, cost, onHand, isActive, ...rest } = intent;
    return id
      ? [
          {
            id,
            ...rest,
            price_minor: minor(price),
            cost_minor: minor(cost),
            on_hand: onHand,
            is_active: isActive,
          },
        ]
      : [];
  });
  const made = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO product (id, code, name, supplier, brand, category, price_minor, cost_minor, on_hand, minimum, maximum, is_active)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l(id uuid, code text, name text, supplier text, brand text,
      category text, price_minor integer, cost_minor integer, on_hand numeric, minimum numeric, maximum numeric, is_active boolean)
    ON CONFLICT (code) DO NOTHING RETURNING id`;
  const madeIds = new Set(made.map(({ id }) => id));
  const effects: Effect[] = [];
  const written = rows.map(({ row, intent }) => {
    const id = ids.get(intent.code);
    if (!id || !madeIds.has(id)) return keptRow(row);
    effects.push({ entityType: 'product', entityId: id, rowNumber: row.row_number });
    return madeRow(row, 'product', id);
  });
  return { written, effects };
}

/** People come through the same door as those that bookings name. */
function peopleWritten(rows: readonly Read<{ code: string }>[], made: { effects: Effect[] }): Made {
  const byRow = new Map(made.effects.map((effect) => [effect.rowNumber, effect]));
  const written = rows.map(({ row }) => {
    const effect = byRow.get(row.row_number);
    return effect ? madeRow(row, effect.entityType, effect.entityId) : keptRow(row);
  });
  return { written, effects: made.effects };
}

const email = z.email();

export const writeRecords: Writer = async (writing, rows) => {
  const { tx, deps, batch, locationId } = writing;
  if (batch.kind === 'services')
    return writeServices(
      writing,
      rows.map((row) => ({ row, intent: intentSchemas.services.parse(row.intent) })),
    );
  if (batch.kind === 'products')
    return writeProducts(
      writing,
      rows.map((row) => ({ row, intent: intentSchemas.products.parse(row.intent) })),
    );
  if (batch.kind === 'staff') {
    const read = rows.map((row) => ({ row, intent: intentSchemas.staff.parse(row.intent) }));
    return peopleWritten(
      read,
      await ensureStaff(
        tx,
        deps,
        batch,
        locationId,
        read.map(({ row, intent }) => ({ ...intent, rowNumber: row.row_number })),
      ),
    );
  }
  const read = rows.map((row) => ({ row, intent: intentSchemas.clients.parse(row.intent) }));
  const clients = read.map(({ row, intent }) => {
    // What is no e-mail is not thrown away: it stays readable on the card.
    const valid = intent.email === null || email.safeParse(intent.email).success;
    return {
      ...intent,
      email: valid ? intent.email : null,
      note: valid ? intent.note : [intent.note, intent.email].filter(Boolean).join('\n'),
      rowNumber: row.row_number,
    };
  });
  return peopleWritten(read, await ensureClients(tx, deps, batch, clients));
};
