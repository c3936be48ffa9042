import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { finishScheme } from '../../src/server/schemes/finish.ts';
import {
  guestWay,
  leaveDrawing,
  readGuestPicture,
  readGuestView,
} from '../../src/server/schemes/guest-view.ts';
import { changeGuest, inviteGuest, joinByInvite, listGuests } from '../../src/server/schemes/guests.ts';
import { appendRecords } from '../../src/server/schemes/append.ts';
import { hueOfStaff } from '../../src/server/schemes/hues.ts';
import { redeemTicket } from '../../src/server/schemes/tickets.ts';
import { completeVisit } from '../../src/server/visits/commands.ts';
import { transact } from '../../src/server/db.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { house } from '../support/house.ts';
import { type Bench, makePhotograph, nobody, openBench } from '../support/people.ts';
import {
  draw,
  injection,
  makeSchemeStage,
  opened,
  refusalOf,
  type SchemeStage,
  valueOf,
} from '../support/scheme-stage.ts';

const database = fileDatabase(20);
let bench: Bench;
let stage: SchemeStage;
let schemeId = '';

beforeAll(async () => {
  bench = await openBench(database());
  stage = await makeSchemeStage(bench);
});
afterAll(() => bench.stop());
beforeEach(async () => {
  bench.clock.set('2026-06-03T07:00:00Z');
  schemeId = await opened(bench, stage);
  await bench.db.scheme.update({ where: { id: schemeId }, data: { visitId: stage.visitId } });
});

const invite = (actor = stage.anna) => by(inviteGuest, bench.deps, actor, schemeId);
const join = (inviteToken: string, name = 'Ana') =>
  by(joinByInvite, bench.deps, nobody, { inviteToken, name });
const joined = async () => valueOf(await join(valueOf(await invite()).inviteToken)).guestToken;
const guests = async () => valueOf(await by(listGuests, bench.db, stage.anna, schemeId)).guests;
const view = async (guestToken: string) => valueOf(await by(readGuestView, bench.deps, nobody, guestToken));
const way = (guestToken: string) => by(guestWay, bench.deps, nobody, guestToken);
const change = (guestId: string, to: 'watch' | 'point' | 'draw' | 'ended', actor = stage.anna) =>
  by(changeGuest, bench.deps, actor, { schemeId, guestId, to });

describe('an invitation', () => {
  it('JOIN-1: lets one device in, once, within two minutes; a newer one takes its place', async () => {
    const { inviteToken, expiresAt } = valueOf(await invite());
    expect(expiresAt.getTime() - bench.clock.now().getTime()).toBe(120_000);
    const answers = await Promise.all(Array.from({ length: 8 }, () => join(inviteToken)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers.filter(({ ok }) => !ok))
      expect(refusalOf(answer)).toEqual({ code: 'invite_lapsed' });
    expect(await guests()).toMatchObject([{ name: 'Ana', status: 'waiting' }]);
    const old = valueOf(await invite()).inviteToken;
    valueOf(await invite());
    expect(refusalOf(await join(old))).toEqual({ code: 'invite_lapsed' });
    const late = valueOf(await invite()).inviteToken;
    bench.clock.advanceMinutes(2);
    expect(refusalOf(await join(late))).toEqual({ code: 'invite_lapsed' });
  });

  it('is shown by who draws, while it is drawn', async () => {
    expect(refusalOf(await invite(stage.boris))).toMatchObject({ noun: 'scheme' });
    expect(refusalOf(await invite(stage.desk))).toMatchObject({ noun: 'scheme' });
    const { inviteToken } = valueOf(await invite());
    await draw(bench, stage, schemeId, [injection('one', null)]);
    valueOf(await by(finishScheme, bench.deps, stage.anna, schemeId));
    expect(refusalOf(await join(inviteToken))).toEqual({ code: 'invite_lapsed' });
    expect(refusalOf(await invite())).toEqual({ code: 'scheme_closed', status: 'finished' });
  });

  it('is kept as a hash, and so is a guest’s token', async () => {
    const { inviteToken } = valueOf(await invite());
    const { rows } = await withClient(database().ownerUrl, (client) =>
      client.query(
        `SELECT i.*::text AS text FROM drawing_invite i UNION ALL SELECT g.*::text FROM drawing_guest g`,
      ),
    );
    expect(JSON.stringify(rows)).not.toContain(inviteToken);
  });
});

describe('a guest', () => {
  it('waits, is let in to look, point or draw, and is out for good', async () => {
    const token = await joined();
    expect(await view(token)).toEqual({
      state: 'waiting',
      name: 'Ana',
      clinicName: 'Lindenhof',
      drawing: null,
    });
    expect(refusalOf(await way(token))).toEqual({ code: 'forbidden' });
    const [guest] = await guests();
    const guestId = guest?.guestId ?? '';
    for (const mode of ['watch', 'draw', 'point'] as const) {
      valueOf(await change(guestId, mode));
      expect(await view(token)).toMatchObject({
        state: 'admitted',
        drawing: { schemeId, generation: 1, mode },
      });
    }
    const { ticket } = valueOf(await way(token));
    expect(await redeemTicket(bench.db, ticket, bench.clock.now())).toEqual({
      schemeId,
      generation: 1,
      holder: { kind: 'guest', guestId },
    });
    valueOf(await change(guestId, 'ended'));
    expect(await view(token)).toMatchObject({ state: 'ended', drawing: null });
    expect(refusalOf(await way(token))).toEqual({ code: 'invite_lapsed' });
    expect(refusalOf(await change(guestId, 'draw'))).toMatchObject({ code: 'transition_refused' });
    expect(await guests()).toEqual([]);
  });

  it('is steered by who draws on this scheme, and by nobody through another', async () => {
    await joined();
    const [guest] = await guests();
    const guestId = guest?.guestId ?? '';
    expect(refusalOf(await change(guestId, 'draw', stage.boris))).toMatchObject({ noun: 'scheme' });
    const other = await opened(bench, stage);
    const through = await by(changeGuest, bench.deps, stage.anna, { schemeId: other, guestId, to: 'draw' });
    expect(refusalOf(through)).toMatchObject({ noun: 'guest' });
  });

  it('JOIN-3: has a colour of their own: nobody’s of the staff there, and no other guest’s, whether here or gone', async () => {
    const { db } = bench;
    await db.specialist.update({ where: { id: house.anna }, data: { hue: 5 } });
    const writer = { accountId: stage.administrator.accountId, guestId: null, name: 'Ada' };
    await transact(db, (tx) =>
      appendRecords(
        tx,
        { schemeId, generation: 1 },
        { writer, kind: 'drawn' },
        new Map([['shape:ada', { ...injection('ada', null), id: 'shape:ada' }]]),
      ),
    );
    const staffHues = [stage.anna, stage.administrator].map(({ accountId, specialistId }) =>
      hueOfStaff(accountId, specialistId === null ? null : 5),
    );
    const seen: number[] = [];
    for (let count = 0; count < 6; count++) {
      bench.clock.advanceMinutes(1);
      const token = await joined();
      const [newest] = (await guests()).slice(-1);
      seen.push(newest?.hue ?? 0);
      // Every other one leaves at once.
      if (count % 2 === 0) valueOf(await by(leaveDrawing, bench.deps, nobody, token));
    }
    expect(new Set(seen).size).toBe(6);
    for (const hue of staffHues) expect(seen).not.toContain(hue);
    // More than there are colours: of those here no two are alike all the same.
    for (let count = 0; count < 5; count++) await joined();
    const here = (await guests()).map(({ hue }) => hue);
    expect(new Set(here).size).toBe(here.length);
    await db.specialist.update({ where: { id: house.anna }, data: { hue: 1 } });
  });

  it('leaves by themselves', async () => {
    const token = await joined();
    valueOf(await by(leaveDrawing, bench.deps, nobody, token));
    valueOf(await by(leaveDrawing, bench.deps, nobody, token));
    expect(await view(token)).toMatchObject({ state: 'ended' });
  });

  it('JOIN-2: is out when the drawing is finished, and when the visit is completed', async () => {
    const first = await joined();
    await draw(bench, stage, schemeId, [injection('one', null)]);
    valueOf(await by(finishScheme, bench.deps, stage.anna, schemeId));
    expect(await view(first)).toMatchObject({ state: 'ended' });
    schemeId = await opened(bench, stage);
    await bench.db.scheme.update({ where: { id: schemeId }, data: { visitId: stage.visitId } });
    const second = await joined();
    const [guest] = await guests();
    valueOf(await change(guest?.guestId ?? '', 'draw'));
    valueOf(await by(completeVisit, bench.deps, stage.desk, stage.visitId));
    expect(await view(second)).toMatchObject({ state: 'ended' });
    expect(await bench.db.drawingGuest.findFirst({ where: { schemeId } })).toMatchObject({ status: 'ended' });
    expect((await bench.db.scheme.findUniqueOrThrow({ where: { id: schemeId } })).status).toBe('draft');
    // Asked of the visit itself, too: the process may have died between the two.
    await bench.db.drawingGuest.updateMany({ where: { schemeId }, data: { status: 'draw', endedAt: null } });
    expect(await view(second)).toMatchObject({ state: 'ended' });
    await bench.db.visit.update({
      where: { id: stage.visitId },
      data: { status: 'in_progress', completedAt: null },
    });
    await bench.db.appointment.updateMany({ data: { status: 'arrived' } });
  });

  it('sees what it is drawn on only while let in, and hears nothing else of the client', async () => {
    const pictureId = await makePhotograph(bench.db, stage.clientId);
    await bench.db.scheme.update({
      where: { id: schemeId },
      data: { pictureId, templateKey: null, title: 'Secret' },
    });
    await bench.db.picture.update({ where: { id: pictureId }, data: { title: 'Secret' } });
    const token = await joined();
    const picture = () => by(readGuestPicture, bench.deps, nobody, token);
    expect(await picture()).toBeNull();
    const [guest] = await guests();
    valueOf(await change(guest?.guestId ?? '', 'watch'));
    expect((await picture())?.bytes.length).toBeGreaterThan(0);
    const told = JSON.stringify(await view(token));
    expect(told).toContain('/api/drawings/guest/picture');
    for (const secret of ['Secret', 'Reis', stage.clientId]) expect(told).not.toContain(secret);
    valueOf(await change(guest?.guestId ?? '', 'ended'));
    expect(await picture()).toBeNull();
  });
});
