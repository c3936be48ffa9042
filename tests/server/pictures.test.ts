/** The one way from a file to a picture we keep; and who may keep, see, name and put away what. */
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, type Right } from '../../src/domain/access/actor.ts';
import type { UploadQuery } from '../../src/domain/picture.ts';
import type { Result } from '../../src/domain/refusal.ts';
import { keepPicture, renamePicture, retirePicture } from '../../src/server/pictures/commands.ts';
import { readPicture } from '../../src/server/pictures/decode.ts';
import { listPhotographs, listTemplates, readPictureBytes } from '../../src/server/pictures/queries.ts';
import { by } from '../support/by.ts';
import { openDeps } from '../support/clinic.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyTables, houseTables } from '../support/empty-tables.ts';
import { house, makeHouse } from '../support/house.ts';
import { makeAppointment, makeCard, staff } from '../support/people.ts';
import { claimingPng, drawn, fromPhone, moving, polyglot, svg } from '../support/picture-files.ts';

const database = fileDatabase();
const clock = fixedClock();
let deps: Awaited<ReturnType<typeof openDeps>>;
beforeAll(async () => {
  deps = await openDeps(database(), clock);
});
afterAll(() => deps.close());

const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal);
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
const unreadable = (reason: string) => ({ code: 'unreadable_file', reason });
const has = (bytes: Uint8Array, words: string) => Buffer.from(bytes).includes(words);

describe('PIC-1 PIC-2 a file becomes a picture of ours', () => {
  test('turned as it was held, and without where and with what it was taken', async () => {
    const file = await fromPhone(400, 300);
    expect(has(file, 'Kanari')).toBe(true);
    expect((await sharp(file).metadata()).orientation).toBe(6);
    const kept = valueOf(await readPicture(file));
    expect([kept.widthPx, kept.heightPx]).toEqual([300, 400]);
    const told = await sharp(kept.bytes).metadata();
    expect(told).toMatchObject({ format: 'webp', width: 300, height: 400 });
    expect([told.exif, told.orientation, told.xmp, told.iptc]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(has(kept.bytes, 'Kanari') || has(kept.bytes, 'secret-owner')).toBe(false);
    // A quarter turn clockwise: what was at the upper left is at the upper right.
    const { data, info } = await sharp(kept.bytes).raw().toBuffer({ resolveWithObject: true });
    const red = (x: number, y: number) => data[(y * info.width + x) * info.channels] ?? 0;
    expect(red(250, 50)).toBeGreaterThan(240);
    expect(red(50, 50)).toBeLessThan(200);
  });

  test('no larger than is shown, with a preview; a small one stays as large as it is', async () => {
    const large = valueOf(await readPicture(await drawn(5000, 1000).png().toBuffer()));
    expect([large.widthPx, large.heightPx]).toEqual([2400, 480]);
    expect(await sharp(large.preview).metadata()).toMatchObject({ format: 'webp', width: 320, height: 64 });
    const small = valueOf(await readPicture(await drawn(90, 120).webp().toBuffer()));
    expect([small.widthPx, small.heightPx]).toEqual([90, 120]);
  });

  test('lines on nothing stand on white', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const file = await sharp({ create: { width: 20, height: 20, channels: 4, background: clear } })
      .png()
      .toBuffer();
    const { data, info } = await sharp(valueOf(await readPicture(file)).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(3);
    expect(data[0]).toBeGreaterThan(250);
  });

  test('a page hidden in a comment and behind the end is gone', async () => {
    const file = await polyglot();
    expect(has(file, 'kanari')).toBe(true);
    const kept = valueOf(await readPicture(file));
    expect(has(kept.bytes, 'kanari') || has(kept.preview, 'kanari')).toBe(false);
  });

  test.each([
    ['nothing at all', () => Buffer.alloc(0), 'empty'],
    ['a text', () => Buffer.from('Code,Name\n1,Facial\n'), 'no_picture'],
    ['an SVG', () => svg, 'no_picture'],
    ['a moving GIF', () => moving('gif'), 'no_picture'],
    ['a moving WebP', () => moving('webp'), 'no_picture'],
    ['a TIFF', () => drawn(20, 20).tiff().toBuffer(), 'no_picture'],
    [
      'the beginning of a JPEG and nothing behind it',
      () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      'no_picture',
    ],
    ['two hundred megapixels, by their header', () => claimingPng(20_000, 10_000), 'too_many_pixels'],
    [
      'a bomb: two hundred megapixels that are all there',
      () => claimingPng(20_000, 10_000, 10_000),
      'too_many_pixels',
    ],
    ['a header with no rows behind it', () => claimingPng(2_000, 1_000), 'no_picture'],
    ['a PNG with half of its rows', () => claimingPng(2_000, 1_000, 500), 'no_picture'],
  ] as const)('not %s', async (_what, make, reason) => {
    expect(refusalOf(await readPicture(await make()))).toEqual(unreadable(reason));
  });

  test.each(['jpeg', 'png', 'webp'] as const)('not a %s that breaks off', async (format) => {
    const noise = { type: 'gaussian' as const, mean: 120, sigma: 40 };
    const file = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#fff', noise } })
      .toFormat(format)
      .toBuffer();
    valueOf(await readPicture(file));
    const cut = file.subarray(0, Math.floor(file.byteLength * 0.6));
    expect(refusalOf(await readPicture(cut))).toEqual(unreadable('no_picture'));
  });

  test('PIC-3 many at once take turns, and too many are told to come again', async () => {
    const file = await drawn(1200, 900).jpeg().toBuffer();
    const answers = await Promise.all(Array.from({ length: 24 }, () => readPicture(file)));
    const kept = answers.filter(({ ok }) => ok).length;
    expect(kept).toBeGreaterThanOrEqual(8);
    expect(kept).toBeLessThan(24);
    for (const answer of answers.filter(({ ok }) => !ok)) expect(refusalOf(answer)).toEqual({ code: 'busy' });
    // Nobody's turn is lost by that.
    valueOf(await readPicture(file));
  });
});

describe('PIC-4 who may keep and see what', () => {
  const admin = staff('administrator');
  const anna = staff('specialist', house.anna);
  const boris = staff('specialist', house.boris);
  const desk = staff('receptionist');
  const holding = (...held: Right[]): Actor => ({ ...desk, roleKeys: ['some'], rights: new Set(held) });
  let clientId = '';
  let otherClientId = '';
  let file: Buffer;

  beforeAll(async () => {
    file = await drawn(120, 90).jpeg().toBuffer();
  });
  beforeEach(async () => {
    await emptyTables(database().ownerUrl, [...houseTables, 'picture', 'scheme']);
    await makeHouse(database().db);
    clientId = await makeCard(database().db);
    otherClientId = await makeCard(database().db);
    await makeAppointment(database().db, { clientId });
  });

  const keep = (actor: Actor, query: Partial<Extract<UploadQuery, { kind: 'photograph' }>> = {}) =>
    by(
      keepPicture,
      deps,
      actor,
      { kind: 'photograph', clientId, title: 'Left cheek', takenOn: null, ...query },
      file,
    );
  const keepTemplate = (actor: Actor) =>
    by(keepPicture, deps, actor, { kind: 'template', title: 'Scalp' }, file);
  const photographs = (actor: Actor, of = clientId) =>
    by(listPhotographs, deps.db, actor, { clientId: of, now: clock.now() });
  const bytes = (actor: Actor, pictureId: string, isPreview = false) =>
    by(readPictureBytes, deps.db, actor, { pictureId, isPreview, isKnown: () => false });
  const makeScheme = (pictureId: string, fields: { isShared?: boolean; revision?: number }) =>
    database().db.scheme.create({
      data: {
        id: deps.newId(),
        clientId,
        pictureId,
        openedBy: admin.accountId,
        openedAt: clock.now(),
        ...fields,
      },
    });

  test('a photograph: whoever treats the client or draws for everybody, nobody else', async () => {
    valueOf(await keep(anna));
    valueOf(await keep(admin));
    valueOf(await keep(holding('clients.view_all', 'schemes.view', 'schemes.edit_all')));
    for (const actor of [
      desk,
      holding('clients.view_all', 'schemes.view'),
      holding('clients.view_all', 'schemes.edit_all'),
    ])
      expect(refusalOf(await keep(actor))).toEqual({ code: 'forbidden' });
    for (const actor of [boris, holding('schemes.view', 'schemes.edit_all')])
      expect(refusalOf(await keep(actor))).toEqual({ code: 'not_found', noun: 'client' });
    expect(refusalOf(await keep(anna, { clientId: otherClientId }))).toMatchObject({ code: 'not_found' });
    const client: Actor = { kind: 'client', accountId: deps.newId(), clientId, holderKey: null };
    expect(refusalOf(await keep(client))).toEqual({ code: 'forbidden' });
    expect((await photographs(anna))?.photographs).toHaveLength(3);
    expect(await photographs(anna)).toMatchObject({ access: 'draw', today: '2026-06-03' });
    expect(await photographs(desk)).toMatchObject({ access: 'none', photographs: [] });
    expect(await photographs(holding('clients.view_all', 'schemes.view'))).toMatchObject({ access: 'read' });
    expect(await photographs(boris)).toBeNull();
    expect((await photographs(admin, otherClientId))?.photographs).toEqual([]);
  });

  test('one photograph is seen by whoever sees the list, whole and small', async () => {
    const { pictureId } = valueOf(await keep(anna));
    for (const actor of [anna, admin]) {
      const whole = await bytes(actor, pictureId);
      expect((await sharp(whole?.bytes ?? undefined).metadata()).width).toBe(120);
      expect(await bytes(actor, pictureId, true)).toMatchObject({ sha256: whole?.sha256 });
    }
    for (const actor of [
      boris,
      desk,
      holding('catalogue.edit'),
      { kind: 'nobody', holderKey: null } as const,
    ])
      expect(await bytes(actor, pictureId), actor.kind).toBeNull();
    expect(await bytes(admin, deps.newId())).toBeNull();
  });

  test('a client sees what a finished scheme that is shared with them is drawn on, and no more', async () => {
    const { pictureId } = valueOf(await keep(anna));
    const client = (id: string | null): Actor => ({
      kind: 'client',
      accountId: deps.newId(),
      clientId: id,
      holderKey: null,
    });
    expect(await bytes(client(clientId), pictureId)).toBeNull();
    const scheme = await makeScheme(pictureId, { isShared: true });
    expect(await bytes(client(clientId), pictureId)).toBeNull();
    await database().db.scheme.update({ where: { id: scheme.id }, data: { revision: 1, isShared: false } });
    expect(await bytes(client(clientId), pictureId)).toBeNull();
    await database().db.scheme.update({ where: { id: scheme.id }, data: { isShared: true } });
    expect(await bytes(client(clientId), pictureId)).not.toBeNull();
    expect(await bytes(client(otherClientId), pictureId)).toBeNull();
    expect(await bytes(client(null), pictureId)).toBeNull();
  });

  test('a template: kept by who looks after the catalogue, seen by all of the staff', async () => {
    expect(refusalOf(await keepTemplate(anna))).toEqual({ code: 'forbidden' });
    const { pictureId } = valueOf(await keepTemplate(holding('catalogue.edit')));
    expect(await by(listTemplates, deps.db, boris)).toMatchObject([
      { id: pictureId, title: 'Scalp', isActive: true },
    ]);
    expect(await bytes(boris, pictureId)).not.toBeNull();
    expect(
      await bytes({ kind: 'client', accountId: deps.newId(), clientId, holderKey: null }, pictureId),
    ).toBeNull();
    expect(
      refusalOf(await by(retirePicture, deps, anna, { pictureId, version: 1, isActive: false })),
    ).toEqual({
      code: 'forbidden',
    });
  });

  test('PIC-5 a template put out of use stays under what is drawn on it, and comes back', async () => {
    const { pictureId } = valueOf(await keepTemplate(admin));
    await makeScheme(pictureId, {});
    expect(valueOf(await by(retirePicture, deps, admin, { pictureId, version: 1, isActive: false }))).toEqual(
      { version: 2 },
    );
    expect(await by(listTemplates, deps.db, anna)).toMatchObject([{ isActive: false }]);
    expect(await bytes(anna, pictureId)).not.toBeNull();
    expect(
      refusalOf(await by(retirePicture, deps, admin, { pictureId, version: 1, isActive: true })),
    ).toMatchObject({ code: 'stale' });
    valueOf(await by(retirePicture, deps, admin, { pictureId, version: 2, isActive: true }));
  });

  test('a photograph is named and dated by who may draw, over what they have seen, and not ahead of time', async () => {
    const { pictureId } = valueOf(await keep(anna, { takenOn: '2026-05-30' }));
    const rename = (actor: Actor, version: number, takenOn: string | null) =>
      by(renamePicture, deps, actor, { pictureId, version, picture: { title: 'Both cheeks', takenOn } });
    expect(valueOf(await rename(anna, 1, '2026-06-03'))).toEqual({ version: 2 });
    expect(refusalOf(await rename(anna, 1, null))).toMatchObject({ code: 'stale' });
    expect(refusalOf(await rename(anna, 2, '2026-06-04'))).toMatchObject({
      issues: [{ path: 'picture.takenOn', code: 'date_ahead' }],
    });
    expect(refusalOf(await rename(boris, 2, null))).toEqual({ code: 'not_found', noun: 'picture' });
    expect(refusalOf(await rename(desk, 2, null))?.code).toMatch(/not_found|forbidden/);
    expect(refusalOf(await keep(anna, { takenOn: '2026-06-04' }))).toMatchObject({
      issues: [{ path: 'takenOn' }],
    });
    expect((await photographs(anna))?.photographs).toMatchObject([
      { title: 'Both cheeks', takenOn: '2026-06-03' },
    ]);
  });

  test('the trail says who kept and saw it, without the picture', async () => {
    const { pictureId } = valueOf(await keep(anna));
    await bytes(admin, pictureId);
    const entries = await database().db.auditEntry.findMany({ where: { clientId }, orderBy: { id: 'asc' } });
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual(
      expect.arrayContaining([
        ['picture.insert', anna.accountId],
        ['client.read', admin.accountId],
      ]),
    );
    expect(JSON.stringify(entries.map(({ detail }) => detail)).length).toBeLessThan(2_000);
  });
});
