/** Imports that are interrupted, done by two at once, or taken back. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { startRun, startUndo } from '../../src/server/imports/commands.ts';
import { readBatch } from '../../src/server/imports/batch.ts';
import { keptEffects } from '../../src/server/imports/queries.ts';
import { settleImport } from '../../src/server/imports/run-file.ts';
import { continueImport, runImportJob } from '../../src/server/imports/work.ts';
import {
  bring,
  countEverything,
  importer,
  importMadeUpSalon,
  orphanCount,
  salonFile,
  tempFolder,
  importStage,
} from '../support/import-stage.ts';
import { by } from '../support/by.ts';

// A whole import is a few hundred transactions.
vi.setConfig({ testTimeout: 60_000 });
const folder = tempFolder();
afterAll(() => folder.remove());
const stage = importStage();

describe('interruptions', () => {
  const long = () =>
    folder.write(
      'long.csv',
      `Client,Staff,Service,Date,Time\n${Array.from({ length: 700 }, (_, at) => `C${at},Vera${at % 5},FACE,2019-0${1 + (at % 9)}-${String(1 + (at % 28)).padStart(2, '0')},${8 + (at % 12)}:00`).join('\n')}\n`,
    );
  const stops = (after: number) => {
    let steps = 0;
    return () => (steps += 1) < after;
  };

  it('IMPORT-5: killed between any two stretches it goes on where it stopped and doubles nothing', async () => {
    const { deps, clinic } = stage();
    await deps.db.service.update({ where: { id: clinic.facial }, data: { code: 'FACE' } });
    const checked = await bring(deps, folder, { kind: 'bookings', file: long(), dryRun: true });
    await by(startRun, deps, importer, { batchId: checked.id });
    let rounds = 0;
    while ((await continueImport(deps, checked.id, stops(1))) === 'more') rounds += 1;
    expect(rounds).toBeGreaterThan(2);
    const done = await readBatch(deps.db, checked.id);
    expect(done?.status).toBe('done');
    expect((done?.counts.created ?? 0) + (done?.counts.history ?? 0)).toBe(700);
    expect(await deps.db.appointment.count()).toBe(done?.counts.created);
    expect(await deps.db.importKey.count()).toBe(700);
    expect(await orphanCount(deps)).toBe(0);
  });

  it('a stretch that dies half-way leaves nothing of itself, and the next try brings it', async () => {
    const { deps, clinic } = stage();
    await deps.db.service.update({ where: { id: clinic.facial }, data: { code: 'FACE' } });
    const checked = await bring(deps, folder, { kind: 'bookings', file: long(), dryRun: true });
    await by(startRun, deps, importer, { batchId: checked.id });
    let ids = 0;
    const dying = {
      ...deps,
      newId: () => {
        ids += 1;
        if (ids === 1_500) throw new Error('the process is gone');
        return deps.newId();
      },
    };
    await expect(runImportJob(dying, checked.id, new AbortController().signal)).rejects.toThrow('gone');
    expect(await deps.db.importBatch.findUnique({ where: { id: checked.id } })).toMatchObject({
      status: 'running',
      statusReason: 'interrupted',
    });
    const half = await deps.db.appointment.count();
    expect(half).toBeGreaterThan(0);
    expect(await deps.db.appointmentItem.count()).toBe(half);
    await runImportJob(deps, checked.id, new AbortController().signal);
    await runImportJob(deps, checked.id, new AbortController().signal); // delivered twice
    expect((await readBatch(deps.db, checked.id))?.status).toBe('done');
    expect(await deps.db.importKey.count()).toBe(700);
    expect(await orphanCount(deps)).toBe(0);
  });

  it('two workers at once bring each row once', async () => {
    const { deps, clinic } = stage();
    await deps.db.service.update({ where: { id: clinic.facial }, data: { code: 'FACE' } });
    const checked = await bring(deps, folder, { kind: 'bookings', file: long(), dryRun: true });
    await by(startRun, deps, importer, { batchId: checked.id });
    await Promise.all([
      settleImport(deps, checked.id),
      settleImport(deps, checked.id),
      settleImport(deps, checked.id),
    ]);
    expect(await deps.db.importKey.count()).toBe(700);
    expect(await deps.db.appointment.count()).toBe((await readBatch(deps.db, checked.id))?.counts.created);
  });
});

describe('taking it back', () => {
  it('IMPORT-6: leaves the clinic as it was, in reverse order', async () => {
    const { deps } = stage();
    const before = await countEverything(deps);
    const batches = await importMadeUpSalon(deps, folder);
    for (const { id } of batches.toReversed()) {
      expect((await by(startUndo, deps, importer, { batchId: id })).ok).toBe(true);
      expect((await settleImport(deps, id)).status).toBe('undone');
      expect(await keptEffects(deps.db, id)).toEqual([]);
    }
    expect(await countEverything(deps)).toEqual(before);
    const again = await importMadeUpSalon(deps, folder);
    expect(again.map(({ counts }) => counts)).toEqual(batches.map(({ counts }) => counts));
  });

  it('leaves what somebody touched or needs, names it, and its row stays known', async () => {
    const { deps } = stage();
    const batches = await importMadeUpSalon(deps, folder);
    const of = (kind: string) => batches.find((batch) => batch.kind === kind)?.id ?? '';
    await deps.db.client.updateMany({ where: { firstName: 'ABEL01' }, data: { lastName: 'Abelson' } });
    const moved = await deps.db.appointment.findFirstOrThrow({ where: { client: { firstName: 'BRUN01' } } });
    await deps.db.appointment.update({
      where: { id: moved.id },
      data: { version: { increment: 1 }, note: 'moved by hand' },
    });
    await deps.db.product.update({ where: { code: 'WAX-1' }, data: { onHand: 7 } });
    for (const { id } of batches.toReversed()) {
      await by(startUndo, deps, importer, { batchId: id });
      await settleImport(deps, id);
    }
    expect(
      (await keptEffects(deps.db, of('bookings'))).map(({ entityType, why }) => [entityType, why]),
    ).toEqual([['appointment', 'changed']]);
    expect((await keptEffects(deps.db, of('products'))).map(({ name, why }) => [name, why])).toEqual([
      ['Wax, strong', 'changed'],
    ]);
    expect(
      (await keptEffects(deps.db, of('clients')))
        .map(({ name, why }) => `${name}: ${why}`)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['ABEL01 Abelson: changed', 'BRUN01: in_use']);
    expect(await deps.db.appointment.count()).toBe(1);
    expect(await deps.db.importKey.count({ where: { batchId: of('bookings') } })).toBe(1);
    const bookings = await bring(deps, folder, {
      kind: 'products',
      file: salonFile('products'),
      settings: { origin: 'salon' },
    });
    expect(bookings.counts).toEqual({ created: 2, unchanged: 1 });
  });

  it('gives a cancelled visit its time back only if nobody has it', async () => {
    const { deps, clinic } = stage();
    const settings = { locationId: clinic.locationId, origin: 'salon' };
    await bring(deps, folder, { kind: 'services', file: salonFile('services'), settings });
    await bring(deps, folder, { kind: 'bookings', file: salonFile('bookings'), settings });
    const cancelling = await bring(deps, folder, {
      kind: 'cancellations',
      file: salonFile('cancellations'),
      settings,
    });
    const visit = await deps.db.appointment.findFirstOrThrow({
      where: { client: { firstName: 'GOLD01' } },
      include: { items: true },
    });
    const claim = {
      id: randomUUID(),
      resourceId: visit.items[0]?.specialistId ?? '',
      startsAt: visit.startsAt,
      endsAt: visit.endsAt,
      kind: 'leave',
    };
    const leave = await deps.db.leave.create({
      data: {
        id: randomUUID(),
        resourceId: claim.resourceId,
        startsAt: visit.startsAt,
        endsAt: visit.endsAt,
        claims: {
          create: {
            id: claim.id,
            resourceId: claim.resourceId,
            startsAt: claim.startsAt,
            endsAt: claim.endsAt,
            kind: 'leave',
          },
        },
      },
    });
    await by(startUndo, deps, importer, { batchId: cancelling.id });
    await settleImport(deps, cancelling.id);
    expect((await keptEffects(deps.db, cancelling.id)).map(({ why }) => why)).toContain('time_taken');
    expect(await deps.db.appointment.findUnique({ where: { id: visit.id } })).toMatchObject({
      status: 'cancelled',
    });
    await deps.db.leave.delete({ where: { id: leave.id } });
  });

  it('restores a cancelled visit with its time', async () => {
    const { deps, clinic } = stage();
    const settings = { locationId: clinic.locationId, origin: 'salon' };
    await bring(deps, folder, { kind: 'services', file: salonFile('services'), settings });
    const booking = await bring(deps, folder, { kind: 'bookings', file: salonFile('bookings'), settings });
    const before = await countEverything(deps);
    const cancelling = await bring(deps, folder, {
      kind: 'cancellations',
      file: salonFile('cancellations'),
      settings,
    });
    await by(startUndo, deps, importer, { batchId: cancelling.id });
    await settleImport(deps, cancelling.id);
    expect({ ...(await countEverything(deps)), keys: 0 }).toEqual({ ...before, keys: 0 });
    expect(await deps.db.appointment.count({ where: { status: 'cancelled' } })).toBe(0);
    await by(startUndo, deps, importer, { batchId: booking.id });
    await settleImport(deps, booking.id);
    expect(await deps.db.appointment.count()).toBe(0);
  });
});
