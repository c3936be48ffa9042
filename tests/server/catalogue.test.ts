import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, rights, shippedRoles } from '../../src/domain/access/actor.ts';
import type { Result } from '../../src/domain/refusal.ts';
import type { ServiceFields } from '../../src/domain/service.ts';
import {
  deleteCategory,
  deleteService,
  moveServices,
  orderCategories,
  saveCategory,
} from '../../src/server/catalogue/commands.ts';
import { publicCatalogue } from '../../src/server/catalogue/public.ts';
import { listCatalogue, readService } from '../../src/server/catalogue/queries.ts';
import { saveService } from '../../src/server/catalogue/save-service.ts';
import { openDeps } from '../support/clinic.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, house, makeHouse } from '../support/house.ts';
import { by } from '../support/by.ts';

const database = fileDatabase();
let deps: Awaited<ReturnType<typeof openDeps>>;
beforeAll(async () => {
  deps = await openDeps(database(), fixedClock());
});
afterAll(() => deps.close());
beforeEach(async () => {
  await emptyHouse(database().ownerUrl);
  await makeHouse(database().db);
});

const actorWith = (role: keyof typeof shippedRoles): Actor => ({
  kind: 'staff',
  accountId: house.clinic,
  name: role,
  roleKeys: [role],
  rights: new Set(shippedRoles[role]),
  specialistId: role === 'specialist' ? house.anna : null,
});
const admin = actorWith('administrator');

const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal);
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
const read = async (serviceId: string) => valueOf(await readService(deps.db, { serviceId }));
const save = async (serviceId: string, changes: Partial<ServiceFields>, version?: number) => {
  const before = await read(serviceId);
  return by(saveService, deps, admin, {
    serviceId,
    version: version ?? before.version,
    service: { ...before.service, ...changes },
  });
};
const blank = (changes: Partial<ServiceFields> = {}): ServiceFields => ({
  categoryId: house.category,
  code: null,
  name: 'New',
  description: null,
  baseMinutes: 30,
  priceMinor: 5000,
  isPriceFrom: true,
  bufferBeforeMinutes: 5,
  bufferAfterMinutes: 5,
  processing: { afterMinutes: 5, minutes: 10 },
  slotStepMinutes: 10,
  isOnline: true,
  bookableBy: 'existing',
  needsApproval: true,
  hue: 3,
  isActive: true,
  requirements: [{ kind: 'room', resourceType: 'treatment room', count: 1 }],
  prerequisites: [{ requiredServiceId: house.peel, minHours: 24, maxDays: 90 }],
  techniques: [],
  ...changes,
});
const technique = (key: string, changes: Partial<ServiceFields['techniques'][number]> = {}) => ({
  key,
  parentKey: null,
  name: key,
  description: null,
  selection: 'optional' as const,
  groupKey: null,
  minutes: 10,
  priceMinor: 1000,
  masteryRequired: false,
  isActive: true,
  requirements: [],
  ...changes,
});

describe('saving a service', () => {
  test('what was saved is what is read, techniques nested and all', async () => {
    const service = blank({
      techniques: [
        technique('new-child', { parentKey: 'new-parent', minutes: -5 }),
        technique('new-parent', {
          requirements: [{ kind: 'device', resourceType: 'diode laser', count: 1 }],
          masteryRequired: true,
        }),
      ],
    });
    const { serviceId, version } = valueOf(
      await by(saveService, deps, admin, { serviceId: null, version: null, service }),
    );
    const found = await read(serviceId);
    expect(version).toBe(1);
    const [child, parent] = found.service.techniques;
    expect(child?.parentKey).toBe(parent?.key);
    expect(found.service).toEqual({
      ...service,
      techniques: [
        { ...service.techniques[0], key: child?.key, parentKey: parent?.key },
        { ...service.techniques[1], key: parent?.key },
      ],
    });
    // Saved again unchanged, ids stay.
    valueOf(await save(serviceId, {}));
    expect((await read(serviceId)).service).toEqual(found.service);
  });

  test('techniques that stay keep who masters them; the removed take their children along only where left inside', async () => {
    const before = await read(house.facial);
    const [massage, ...others] = before.service.techniques;
    if (!massage) throw new Error('the facial has a massage');
    valueOf(await save(house.facial, { techniques: [...others, { ...massage, minutes: 25 }] }));
    expect(await deps.db.specialistTechnique.count({ where: { techniqueId: massage.key } })).toBe(1);
    valueOf(await save(house.facial, { techniques: others }));
    expect(await deps.db.specialistTechnique.count({ where: { techniqueId: massage.key } })).toBe(0);
  });

  test('a stale edit is refused, and the other one stands', async () => {
    const { version } = await read(house.facial);
    valueOf(await save(house.facial, { name: 'First' }, version));
    expect(refusalOf(await save(house.facial, { name: 'Second', techniques: [] }, version))).toEqual({
      code: 'stale',
      noun: 'service',
    });
    const found = await read(house.facial);
    expect(found.service.name).toBe('First');
    expect(found.service.techniques).toHaveLength(4);
  });

  test('two at once: one is saved, one is stale', async () => {
    const { version, service } = await read(house.facial);
    const results = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) =>
        by(saveService, deps, admin, { serviceId: house.facial, version, service: { ...service, name } }),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => refusalOf(result)?.code === 'stale')).toHaveLength(3);
  });

  test('a code in use, a category that is gone, a service that requires itself or goes in a circle', async () => {
    valueOf(await save(house.facial, { code: 'F1' }));
    const issue = (path: string, code: string) => ({ code: 'invalid_input', issues: [{ path, code }] });
    expect(refusalOf(await save(house.laser, { code: 'F1' }))).toEqual(issue('service.code', 'taken'));
    expect(refusalOf(await save(house.laser, { categoryId: house.anna }))).toEqual(
      issue('service.categoryId', 'unknown'),
    );
    const needs = (requiredServiceId: string) => ({
      prerequisites: [{ requiredServiceId, minHours: 0, maxDays: null }],
    });
    const path = 'service.prerequisites.0.requiredServiceId';
    expect(refusalOf(await save(house.laser, needs(house.laser)))).toEqual(issue(path, 'prerequisite_self'));
    expect(refusalOf(await save(house.laser, needs(house.anna)))).toEqual(issue(path, 'unknown'));
    valueOf(await save(house.laser, needs(house.peel)));
    valueOf(await save(house.peel, needs(house.facial)));
    expect(refusalOf(await save(house.facial, needs(house.laser)))).toEqual(
      issue(path, 'prerequisite_circle'),
    );
  });

  test('a service that is gone', async () => {
    const input = { serviceId: house.anna, version: 1, service: blank() };
    expect(refusalOf(await by(saveService, deps, admin, input))?.code).toBe('not_found');
  });
});

describe('who may', () => {
  test.each(['receptionist', 'specialist', 'client'] as const)('a %s changes nothing', async (role) => {
    const actor = actorWith(role);
    const input = { serviceId: null, version: null, service: blank() };
    for (const result of [
      await by(saveService, deps, actor, input),
      await by(deleteService, deps, actor, { serviceId: house.peel }),
      await by(saveCategory, deps, actor, { categoryId: null, version: null, name: 'X' }),
      await by(deleteCategory, deps, actor, { categoryId: house.category }),
      await by(orderCategories, deps, actor, { categoryIds: [] }),
      await by(moveServices, deps, actor, { categoryId: house.category, serviceIds: [] }),
    ])
      expect(refusalOf(result)).toEqual({ code: 'forbidden' });
    expect(rights).toContain('catalogue.edit');
  });
});

describe('categories and removing', () => {
  test('names are unique, order is kept, only empty ones go', async () => {
    const { categoryId } = valueOf(
      await by(saveCategory, deps, admin, { categoryId: null, version: null, name: 'Body' }),
    );
    expect(
      refusalOf(await by(saveCategory, deps, admin, { categoryId: null, version: null, name: 'Body' })),
    ).toEqual({
      code: 'invalid_input',
      issues: [{ path: 'name', code: 'taken' }],
    });
    valueOf(await by(orderCategories, deps, admin, { categoryIds: [categoryId, house.category] }));
    valueOf(await by(moveServices, deps, admin, { categoryId, serviceIds: [house.peel, house.laser] }));
    const { categories } = await listCatalogue(deps.db);
    expect(categories.map(({ name, services }) => [name, services.map((each) => each.name)])).toEqual([
      ['Body', ['Peel', 'Laser']],
      ['Face', ['Facial']],
    ]);
    expect(refusalOf(await by(deleteCategory, deps, admin, { categoryId }))).toEqual({
      code: 'in_use',
      noun: 'category',
      count: 2,
    });
    valueOf(
      await by(moveServices, deps, admin, {
        categoryId: house.category,
        serviceIds: [house.peel, house.laser],
      }),
    );
    valueOf(await by(deleteCategory, deps, admin, { categoryId }));
  });

  test('a service another one requires stays', async () => {
    valueOf(
      await save(house.laser, {
        prerequisites: [{ requiredServiceId: house.peel, minHours: 0, maxDays: null }],
      }),
    );
    expect(refusalOf(await by(deleteService, deps, admin, { serviceId: house.peel }))).toMatchObject({
      code: 'in_use',
    });
    valueOf(await by(deleteService, deps, admin, { serviceId: house.laser }));
    valueOf(await by(deleteService, deps, admin, { serviceId: house.peel }));
    expect(refusalOf(await by(deleteService, deps, admin, { serviceId: house.peel }))?.code).toBe(
      'not_found',
    );
  });
});

test('the public catalogue: online, done by somebody, ranges over people and selections', async () => {
  const found = await publicCatalogue(deps.db);
  expect(found.services.map(({ name }) => name)).toEqual(['Facial', 'Laser']);
  const [facial] = found.services;
  // Anna: 45 min (massage 20, mask −10, depth 0); Boris: 60 min, masters no massage.
  expect(facial?.minutes).toEqual({ from: 35, to: 65 });
  expect(facial?.priceMinor).toEqual({ from: 8500, to: 14000 });
  expect(facial?.techniques.find(({ name }) => name === 'Massage')?.specialistIds).toEqual([house.anna]);
  expect(found.specialists.map(({ name }) => name)).toEqual(['Anna Weiss', 'Boris Kern']);
  expect(JSON.stringify(found)).not.toMatch(/account|email/i);
  await deps.db.specialist.update({ where: { id: house.anna }, data: { isOnline: false } });
  expect((await publicCatalogue(deps.db)).services.map(({ name }) => name)).toEqual(['Facial']);
});
