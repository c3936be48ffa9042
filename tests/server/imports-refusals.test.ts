/** Who may import, and what bad files and settings get. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  bringFile,
  discard,
  reshape,
  startCheck,
  startRun,
  startUndo,
} from '../../src/server/imports/commands.ts';
import { storeUpload } from '../../src/server/imports/files.ts';
import { incomeBy } from '../../src/server/imports/income.ts';
import { importDetail, importReport } from '../../src/server/imports/queries.ts';
import { settleImport } from '../../src/server/imports/run-file.ts';
import { importSalon } from '../../src/server/imports/salon.ts';
import { guest, staff } from '../support/clinic.ts';
import { bring, importer, refusalOf, samples, tempFolder, importStage } from '../support/import-stage.ts';
import { by } from '../support/by.ts';

// A whole import is a few hundred transactions.
vi.setConfig({ testTimeout: 60_000 });
const folder = tempFolder();
afterAll(() => folder.remove());
const stage = importStage();

describe('who may, and what is refused', () => {
  it('belongs to administrators', async () => {
    const { deps, clinic } = stage();
    const stored = await storeUpload(
      folder.path,
      'a.csv',
      (async function* () {
        yield Buffer.from('Code,Name\n1,a\n');
      })(),
    );
    expect(await by(bringFile, deps, guest(), stored)).toMatchObject({
      ok: false,
      refusal: { code: 'forbidden' },
    });
    expect(await by(bringFile, deps, staff(clinic.mila), stored)).toMatchObject({
      ok: false,
      refusal: { code: 'forbidden' },
    });
    expect((await by(bringFile, deps, staff(), stored)).ok).toBe(true);
    expect(await by(importReport, deps, staff(clinic.mila), randomUUID())).toMatchObject({
      ok: false,
      refusal: { code: 'forbidden' },
    });
  });

  it('names missing columns, open dates and an unknown encoding before anything is read', async () => {
    const { deps } = stage();
    const open = folder.write('open.csv', 'Client,Staff,Service,Date,Time\nA,V,F,03/04/2018,10:00\n');
    expect(await refusalOf(deps, folder, { kind: 'bookings', file: open })).toEqual({
      code: 'invalid_input',
      issues: [{ path: 'dateOrder', code: 'ambiguous' }],
    });
    const missing = folder.write('missing.csv', 'Client,When\nA,2018-03-04\n');
    expect(await refusalOf(deps, folder, { kind: 'bookings', file: missing })).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'columns.staff' }, { path: 'columns.serviceCode' }, { path: 'columns.date' }],
    });
    expect(
      await refusalOf(deps, folder, {
        kind: 'clients',
        file: path.join(samples, 'clients-windows-1251.csv'),
      }),
    ).toMatchObject({ code: 'unreadable_file', reason: 'encoding' });
    const ghost = {
      kind: 'bookings',
      file: folder.write('ok.csv', 'Client,Staff,Service,Date,Time\nA,V,F,2018-03-04,10:00\n'),
      settings: { locationId: randomUUID() },
    } as const;
    expect(await refusalOf(deps, folder, ghost)).toMatchObject({
      issues: [{ path: 'locationId', code: 'unknown' }],
    });
    expect(
      await by(importSalon, deps, importer, {
        folder: path.join(samples, 'salon'),
        dataDir: folder.path,
        zone: 'Moon/Sea',
        currency: 'CAD',
        locationName: 'x',
      }),
    ).toMatchObject({ refusal: { code: 'time_zone_unknown' } });
  });

  it('lets a person choose the encoding, and then reads real names', async () => {
    const { deps } = stage();
    const stored = await storeUpload(
      folder.path,
      'clients.csv',
      (async function* () {
        yield await readFile(path.join(samples, 'clients-windows-1251.csv'));
      })(),
    );
    const brought = await by(bringFile, deps, importer, stored);
    const batchId = brought.ok ? brought.value.batchId : '';
    const before = await importDetail(deps.db, batchId);
    expect(before.ok && before.value.shape.previews.length).toBe(2);
    const settings = before.ok ? before.value.settings : undefined;
    if (!settings) throw new Error('nothing was suggested');
    expect(await by(startCheck, deps, importer, { batchId, settings })).toMatchObject({
      refusal: { code: 'invalid_input' },
    });
    await by(reshape, deps, importer, { batchId, encoding: 'windows-1251' });
    const after = await importDetail(deps.db, batchId);
    if (!after.ok) throw new Error('gone');
    expect(after.value.settings).toMatchObject({
      kind: 'clients',
      columns: { clientCode: 'Код', firstName: 'Имя', lastName: 'Фамилия', phone: 'Телефон' },
    });
    await by(startCheck, deps, importer, { batchId, settings: after.value.settings });
    await settleImport(deps, batchId);
    await by(startRun, deps, importer, { batchId });
    expect((await settleImport(deps, batchId)).counts).toEqual({ created: 2 });
    expect(await deps.db.client.findFirst({ where: { lastName: 'Ёлкина' } })).toMatchObject({
      firstName: 'Ольга',
      phone: '+7 900 000-00-01',
    });
  });

  it('reads a semicolon file with decimal commas', async () => {
    const { deps } = stage();
    const batch = await bring(deps, folder, {
      kind: 'receipts',
      file: path.join(samples, 'receipts-semicolon.csv'),
    });
    expect(batch.counts).toEqual({ history: 2 });
    expect(await incomeBy(deps.db, 'all', 'EUR', batch.id)).toMatchObject([
      { amount: '1062.50', taxes: '201.88' },
    ]);
  });

  it('knows a card by its e-mail instead of making a second one', async () => {
    const { deps, clinic } = stage();
    await deps.db.client.update({ where: { id: clinic.clientId }, data: { email: 'known@example.com' } });
    const file = folder.write(
      'people.csv',
      'Customer,Name,E-mail\nK1,Known Person,KNOWN@example.com\nK2,New Person,not an address\n',
    );
    const batch = await bring(deps, folder, { kind: 'clients', file });
    expect(batch.counts).toEqual({ created: 1, unchanged: 1 });
    expect(await deps.db.importedCode.findFirst({ where: { code: 'K1' } })).toMatchObject({
      entityId: clinic.clientId,
    });
    expect(await deps.db.client.findFirst({ where: { lastName: 'Person', firstName: 'New' } })).toMatchObject(
      { email: null, note: 'not an address' },
    );
  });

  it('runs nothing unchecked, nothing twice, and forgets a file with everything of it', async () => {
    const { deps } = stage();
    const file = folder.write('list.csv', 'Code,Desc,Price\nX1,Something,5\n');
    const checked = await bring(deps, folder, { kind: 'services', file, dryRun: true });
    expect(await by(startUndo, deps, importer, { batchId: checked.id })).toMatchObject({
      refusal: { code: 'stale' },
    });
    expect(await by(startRun, deps, importer, { batchId: randomUUID() })).toMatchObject({
      refusal: { code: 'not_found' },
    });
    expect(checked.storedName && existsSync(checked.storedName)).toBe(true);
    await by(discard, deps, importer, { batchId: checked.id });
    expect(await deps.db.importRow.count()).toBe(0);
    expect(checked.storedName && existsSync(checked.storedName)).toBe(false);
    const ran = await bring(deps, folder, { kind: 'services', file });
    expect(await by(startRun, deps, importer, { batchId: ran.id })).toMatchObject({
      refusal: { code: 'stale' },
    });
    expect(await by(discard, deps, importer, { batchId: ran.id })).toMatchObject({
      refusal: { code: 'stale' },
    });
    // What was imported leaves no file behind.
    expect(ran.storedName).toBeNull();
    const left = readdirSync(path.join(folder.path, 'imports'));
    const known = (await deps.db.importBatch.findMany()).map(
      ({ storedName }) => storedName && path.basename(storedName),
    );
    expect(left.filter((name) => known.includes(name))).toEqual([]);
  });

  it('reports every row as text that no spreadsheet runs', async () => {
    const { deps } = stage();
    const file = folder.write(
      'hostile.csv',
      'Code,Desc,Price\nX1,"=HYPERLINK(""http://evil"")",5\nX2,@SUM(A1),abc\n',
    );
    const batch = await bring(deps, folder, { kind: 'services', file });
    const report = await by(importReport, deps, importer, batch.id);
    const text = report.ok ? (await Array.fromAsync(report.value.text)).join('') : '';
    expect(text).toBe(
      '\ufeffrow,outcome,reason,Code,Desc,Price\r\n1,created,,X1,"\'=HYPERLINK(""http://evil"")",5\r\n2,refused,bad_number:price,X2,\'@SUM(A1),abc\r\n',
    );
  });
});
