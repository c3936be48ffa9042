import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { book } from '../../src/server/booking/book.ts';
import { cancel } from '../../src/server/booking/cancel.ts';
import { hold } from '../../src/server/booking/hold.ts';
import { at, bookingStage, key, refusal, value } from '../support/booking-stage.ts';
import { clientActor, guest, staff } from '../support/clinic.ts';
import { by } from '../support/by.ts';

const stage = bookingStage();

describe('what is refused by name', () => {
  const bad: [string, () => { startsAt: number; now?: string }, string][] = [
    ['outside hours', () => ({ startsAt: at(20) }), 'outside_hours'],
    ['on a closed day', () => ({ startsAt: Date.UTC(2026, 5, 7, 8) }), 'outside_hours'],
    ['in the past', () => ({ startsAt: Date.UTC(2026, 5, 2, 8) }), 'in_past'],
    ['without notice', () => ({ startsAt: Date.UTC(2026, 5, 3, 7, 30) }), 'notice'],
    ['beyond the horizon', () => ({ startsAt: Date.UTC(2026, 9, 1, 8) }), 'horizon'],
    ['off the grid', () => ({ startsAt: at(10, 7) }), 'not_on_grid'],
  ];
  test.each(bad)('a start %s', async (_name, input, reason) => {
    const refused = refusal(await stage.holdFacial(guest(), input().startsAt));
    expect(refused).toMatchObject({ code: 'start_unfit', reason });
  });

  test('a technique the specialist has not mastered', async () => {
    const request = {
      locationId: stage.clinic.locationId,
      items: [{ serviceId: stage.clinic.peel, specialistId: stage.clinic.nora, techniqueIds: [] }],
    };
    expect(
      refusal(await by(hold, stage.deps, guest(), { ...request, startsAt: at(10), ...key() })),
    ).toMatchObject({
      code: 'plan_refused',
      reason: 'technique_not_mastered',
    });
  });

  test('a client who is blocked, not invited, or new', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const { db } = stage.database();
    await db.service.update({ where: { id: stage.clinic.facial }, data: { bookableBy: 'invited' } });
    expect(refusal(await stage.holdFacial(actor, at(10)))).toMatchObject({
      code: 'not_allowed_to_book',
      reason: 'invited_only',
    });
    await db.service.update({ where: { id: stage.clinic.facial }, data: { bookableBy: 'existing' } });
    expect(refusal(await stage.holdFacial(actor, at(10)))).toMatchObject({
      code: 'not_allowed_to_book',
      reason: 'existing_only',
    });
    await db.client.update({ where: { id: stage.clinic.clientId }, data: { status: 'blocked' } });
    expect(refusal(await stage.holdFacial(actor, at(10)))).toMatchObject({
      code: 'not_allowed_to_book',
      reason: 'blocked',
    });
  });

  test('a service not online, and a missing patch test', async () => {
    const { db } = stage.database();
    await db.service.update({ where: { id: stage.clinic.facial }, data: { isOnline: false } });
    expect(refusal(await stage.holdFacial(guest(), at(10))).code).toBe('not_bookable_online');
    expect((await stage.createFacial(at(10))).ok).toBe(true);
    await db.servicePrerequisite.create({
      data: {
        serviceId: stage.clinic.laser,
        requiredServiceId: stage.clinic.facial,
        minHours: 24,
        maxDays: 90,
      },
    });
    const request = {
      locationId: stage.clinic.locationId,
      items: [{ serviceId: stage.clinic.laser, specialistId: null, techniqueIds: [] }],
    };
    const actor = clientActor(stage.clinic.clientId);
    expect(
      refusal(await by(hold, stage.deps, actor, { ...request, startsAt: at(14), ...key() })),
    ).toMatchObject({
      code: 'prerequisite_missing',
      serviceName: 'Facial',
      minHours: 24,
    });
  });

  test('a visit of another, an id that is none, an account without a card', async () => {
    const visit = value(await stage.createFacial(at(14)));
    const stranger = clientActor(stage.clinic.otherClientId);
    expect(
      refusal(await by(cancel, stage.deps, stranger, { appointmentId: visit.appointmentId, ...key() })).code,
    ).toBe('not_found');
    expect(
      refusal(await by(cancel, stage.deps, stranger, { appointmentId: randomUUID(), ...key() })).code,
    ).toBe('not_found');
    const cardless: Actor = { kind: 'client', accountId: randomUUID(), clientId: null, holderKey: null };
    const held = value(await stage.holdFacial(cardless, at(10)));
    expect(
      refusal(await by(book, stage.deps, cardless, { appointmentId: held.appointmentId, ...key() })).code,
    ).toBe('not_found');
  });

  test('a specialist writes into their own calendar only, and for clients whose card they may see', async () => {
    const unseen = await stage.createFacial(at(10), stage.clinic.mila, staff(stage.clinic.mila));
    expect(refusal(unseen)).toEqual({ code: 'not_found', noun: 'client' });
    value(await stage.createFacial(at(14), stage.clinic.mila));
    expect((await stage.createFacial(at(10), stage.clinic.mila, staff(stage.clinic.mila))).ok).toBe(true);
    expect(refusal(await stage.createFacial(at(10), stage.clinic.nora, staff(stage.clinic.mila))).code).toBe(
      'forbidden',
    );
    expect(
      refusal(await stage.createFacial(at(12), stage.clinic.mila, clientActor(stage.clinic.clientId))).code,
    ).toBe('forbidden');
  });
});
