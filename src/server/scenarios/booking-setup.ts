/** Arranges a scenario's clinic in a scratch database, by SQL: what is tried afterwards are the commands, not the arranging. */
import { randomUUID } from 'node:crypto';
import { addDays, localDateOf } from '../../domain/zone.ts';
import { isKnownZone } from '../../domain/zone.ts';
import { type Db, transact, type Tx } from '../db.ts';
import type { BookingSetup, BookingStep } from './booking-form.ts';
import { instantOf, ScenarioError } from './slots-input.ts';

export interface Stage {
  locationId: string;
  clientId: string;
  specialistIds: ReadonlyMap<string, string>;
  techniqueIds: ReadonlyMap<string, string>;
  serviceFor(step: Pick<BookingStep, 'durationMin' | 'withoutResources'>): string;
  /** Techniques of that variant of the service, by the scenario's own names. */
  techniquesOf(serviceId: string, names: readonly string[]): string[];
}

const emptied = [
  'claim',
  'appointment_item',
  'status_change',
  'visit',
  'appointment',
  'idempotency_key',
  'change_event',
  'specialist_technique',
  'specialist_service',
  'resource_requirement',
  'technique',
  'service',
  'service_category',
  'weekly_interval',
  'schedule',
  'schedule_exception',
  'leave',
  'closure',
  'specialist',
  'resource',
  'client',
  'location',
  'clinic',
  'message',
  'audit_entry',
];

function minuteOf(text: string): number {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!parts) throw new ScenarioError(`not a time of day: ${JSON.stringify(text)}`);
  return Number(parts[1]) * 60 + Number(parts[2]);
}

const variantKey = (durationMin: number, withoutResources: boolean): string =>
  `${durationMin}/${withoutResources}`;

/** Empties the database and sets the scenario's clinic up: one service per length and kind of need that the steps ask for. */
export async function setStage(db: Db, setup: BookingSetup, steps: readonly BookingStep[]): Promise<Stage> {
  if (!isKnownZone(setup.timezone))
    throw new ScenarioError(`unknown time zone ${JSON.stringify(setup.timezone)}`);
  await db.$executeRawUnsafe(`TRUNCATE ${emptied.join(', ')} CASCADE`);
  return transact(db, async (tx) => {
    const step = setup.service.slotStepMin ?? 15;
    await tx.clinic.create({
      data: {
        id: randomUUID(),
        name: 'Scenario',
        currency: 'EUR',
        slotStepMinutes: Math.max(5, step),
        minNoticeMinutes: 0,
        horizonDays: 730,
        maxUpcomingPerClient: 1000,
        cancelWindowMinutes: 0,
      },
    });
    const locationId = randomUUID();
    await tx.location.create({ data: { id: locationId, name: 'Scenario', timeZone: setup.timezone } });
    const clientId = randomUUID();
    await tx.client.create({
      data: { id: clientId, firstName: 'Scenario', createdAt: new Date(0), updatedAt: new Date(0) },
    });
    const specialistIds = await addSpecialists(tx, setup, locationId);
    for (const resource of setup.resources) {
      await tx.resource.create({
        data: { id: randomUUID(), locationId, kind: 'room', type: resource.type, name: resource.id },
      });
    }
    const categoryId = randomUUID();
    await tx.serviceCategory.create({ data: { id: categoryId, name: 'Scenario' } });
    const services = new Map<string, string>();
    const techniques = new Map<string, string>();
    for (const { durationMin = setup.service.durationMin, withoutResources } of [
      { withoutResources: false },
      ...steps.filter(({ op }) => op === 'book' || op === 'hold'),
    ]) {
      const key = variantKey(durationMin, withoutResources);
      if (services.has(key)) continue;
      const id = await addService(tx, setup, {
        categoryId,
        durationMin,
        withoutResources,
        step,
        specialistIds,
        techniques,
      });
      services.set(key, id);
    }
    const first = services.get(variantKey(setup.service.durationMin, false)) ?? '';
    await addExisting(tx, setup, { locationId, clientId, specialistIds, serviceId: first });
    return {
      locationId,
      clientId,
      specialistIds,
      techniqueIds: techniques,
      serviceFor({ durationMin = setup.service.durationMin, withoutResources }) {
        const id = services.get(variantKey(durationMin, withoutResources));
        if (!id) throw new ScenarioError(`no service of ${durationMin} minutes`);
        return id;
      },
      techniquesOf(serviceId, names) {
        return names.map((name) => {
          const id = techniques.get(`${serviceId}/${name}`);
          if (!id) throw new ScenarioError(`no technique ${JSON.stringify(name)}`);
          return id;
        });
      },
    };
  });
}

async function addSpecialists(tx: Tx, setup: BookingSetup, locationId: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [rank, specialist] of setup.specialists.entries()) {
    const id = randomUUID();
    ids.set(specialist.id, id);
    await tx.resource.create({
      data: { id, locationId, kind: 'specialist', type: 'specialist', name: specialist.id, rank },
    });
    await tx.specialist.create({ data: { id, maxPerDay: specialist.maxBookingsPerDay ?? null } });
    await tx.schedule.create({
      data: {
        id: randomUUID(),
        resourceId: id,
        locationId,
        intervals: {
          create: specialist.weekly.map((hours) => ({
            id: randomUUID(),
            weekday: hours.weekday,
            startMinute: minuteOf(hours.start),
            endMinute: minuteOf(hours.end),
            breaks: hours.breaks.map((pause) => ({
              startMinute: minuteOf(pause.start),
              endMinute: minuteOf(pause.end),
            })),
          })),
        },
      },
    });
  }
  return ids;
}

interface Variant {
  categoryId: string;
  durationMin: number;
  withoutResources: boolean;
  step: number;
  specialistIds: ReadonlyMap<string, string>;
  techniques: Map<string, string>;
}

async function addService(tx: Tx, setup: BookingSetup, variant: Variant): Promise<string> {
  const id = randomUUID();
  await tx.service.create({
    data: {
      id,
      categoryId: variant.categoryId,
      name: `${variant.durationMin} minutes`,
      baseMinutes: variant.durationMin,
      priceMinor: 0,
      bufferBeforeMinutes: setup.service.bufferBeforeMin ?? 0,
      bufferAfterMinutes: setup.service.bufferAfterMin ?? 0,
      slotStepMinutes: Math.max(5, variant.step),
      requirements: variant.withoutResources
        ? {}
        : {
            create: setup.service.requires.map(({ type, count }) => ({
              id: randomUUID(),
              kind: 'room',
              resourceType: type,
              count,
            })),
          },
    },
  });
  for (const specialistId of variant.specialistIds.values()) {
    await tx.specialistService.create({ data: { specialistId, serviceId: id } });
  }
  for (const technique of setup.service.techniques) {
    const techniqueId = randomUUID();
    variant.techniques.set(`${id}/${technique.id}`, techniqueId);
    await tx.technique.create({
      data: {
        id: techniqueId,
        serviceId: id,
        name: technique.id,
        selection: technique.required ? 'required' : 'optional',
        minutes: technique.durationMin,
        masteryRequired: setup.specialists.some(({ masters }) => masters),
      },
    });
    for (const specialist of setup.specialists) {
      const specialistId = variant.specialistIds.get(specialist.id);
      if (specialistId && (specialist.masters ?? [technique.id]).includes(technique.id)) {
        await tx.specialistTechnique.create({ data: { specialistId, techniqueId } });
      }
    }
  }
  return id;
}

async function addExisting(
  tx: Tx,
  setup: BookingSetup,
  where: {
    locationId: string;
    clientId: string;
    specialistIds: ReadonlyMap<string, string>;
    serviceId: string;
  },
): Promise<void> {
  for (const visit of setup.existing) {
    if (visit.status === 'cancelled') continue;
    const specialistId = where.specialistIds.get(visit.specialistId ?? setup.specialists[0]?.id ?? '');
    if (!specialistId) throw new ScenarioError('an existing booking without its specialist');
    const id = randomUUID();
    const startsAt = new Date(instantOf(visit.start, 'existing.start'));
    const endsAt = new Date(instantOf(visit.end, 'existing.end'));
    const at = new Date(instantOf(setup.now, 'setup.now'));
    const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000;
    await tx.appointment.create({
      data: {
        id,
        locationId: where.locationId,
        clientId: where.clientId,
        status: 'booked',
        startsAt,
        endsAt,
        serviceDate: new Date(`${addDays(localDateOf(startsAt.getTime(), setup.timezone), 0)}T00:00:00Z`),
        priceMinor: 0,
        currency: 'EUR',
        channel: 'staff',
        createdAt: at,
        updatedAt: at,
        items: {
          create: {
            id: randomUUID(),
            position: 0,
            serviceId: where.serviceId,
            serviceName: 'existing',
            specialistId,
            startsAt,
            endsAt,
            minutes,
            bufferBeforeMinutes: 0,
            bufferAfterMinutes: 0,
            priceMinor: 0,
          },
        },
        claims: {
          create: { id: randomUUID(), resourceId: specialistId, startsAt, endsAt, kind: 'appointment' },
        },
      },
    });
  }
}
