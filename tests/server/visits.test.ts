import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completeVisit, startVisit } from '../../src/server/visits/commands.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import { type Bench, makeAppointment, makeCard, nobody, openBench, staff } from '../support/people.ts';
import { by } from '../support/by.ts';

const database = fileDatabase(20);
let bench: Bench;
let clientId = '';
const anna = staff('specialist', house.anna);
const boris = staff('specialist', house.boris);
const desk = staff('receptionist');

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  clientId = await makeCard(bench.db);
});
afterAll(() => bench.stop());

const started = async (appointmentId: string) => {
  const answer = await by(startVisit, bench.deps, anna, appointmentId);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value.visitId;
};
const trailOf = async (appointmentId: string) =>
  (await bench.db.statusChange.findMany({ where: { appointmentId }, orderBy: { id: 'asc' } })).map(
    ({ fromStatus, toStatus }) => `${fromStatus} ${toStatus}`,
  );

it('VIS-1: twenty who begin one visit at once begin it once', async () => {
  const appointmentId = await makeAppointment(bench.db, { clientId });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => by(startVisit, bench.deps, n % 2 ? desk : anna, appointmentId)),
  );
  expect(
    new Set(answers.map((answer) => (answer.ok ? answer.value.visitId : answer.refusal.code))).size,
  ).toBe(1);
  expect(await bench.db.visit.findMany({ where: { appointmentId } })).toMatchObject([
    { status: 'in_progress', specialistId: house.anna },
  ]);
  expect(await trailOf(appointmentId)).toEqual(['booked arrived']);
});

it('VIS-2: completing fulfils the appointment, once', async () => {
  const appointmentId = await makeAppointment(bench.db, { clientId, status: 'confirmed' });
  const visitId = await started(appointmentId);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => by(completeVisit, bench.deps, anna, visitId)),
  );
  expect(answers.every((answer) => answer.ok && answer.value.status === 'completed')).toBe(true);
  expect(await trailOf(appointmentId)).toEqual(['confirmed arrived', 'arrived fulfilled']);
  expect(await by(startVisit, bench.deps, anna, appointmentId)).toMatchObject({
    refusal: { code: 'transition_refused', from: 'fulfilled' },
  });
});

it('belongs to the performing specialist and the desk; others are told there is nothing', async () => {
  const appointmentId = await makeAppointment(bench.db, { clientId });
  for (const actor of [boris, nobody, staff('specialist')])
    expect(await by(startVisit, bench.deps, actor, appointmentId)).toMatchObject({
      refusal: { code: 'not_found' },
    });
  const visitId = await started(appointmentId);
  expect(await by(completeVisit, bench.deps, boris, visitId)).toMatchObject({
    refusal: { code: 'not_found' },
  });
  expect(await by(completeVisit, bench.deps, desk, randomUUID())).toMatchObject({
    refusal: { code: 'not_found' },
  });
});

it.each(['pending', 'cancelled', 'declined', 'fulfilled'])(
  'a %s appointment cannot begin',
  async (status) => {
    const appointmentId = await makeAppointment(bench.db, { clientId, status });
    expect(await by(startVisit, bench.deps, desk, appointmentId)).toMatchObject({
      refusal: { code: 'transition_refused', from: status },
    });
    expect(await bench.db.visit.count({ where: { appointmentId } })).toBe(0);
  },
);
