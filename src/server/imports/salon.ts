/** A whole salon's exports at once: one folder, one file a kind, in the order in which each finds what it needs. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Actor } from '../../domain/access/actor.ts';
import type { DurationRule } from '../../domain/import-durations.ts';
import type { ImportKind } from '../../domain/import-kinds.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { isKnownZone } from '../../domain/zone.ts';
import type { Deps } from '../deps.ts';
import type { Batch } from './batch.ts';
import { runFile } from './run-file.ts';

export interface SalonImport {
  folder: string;
  dataDir: string;
  zone: string;
  currency: string;
  /** Found by name, or made in the zone. */
  locationName: string;
  durations?: Partial<DurationRule>;
  onStep?: (batch: Batch) => Promise<void> | void;
}

/** A hair salon's: colour takes two hours; times stand on ten minutes, so no visit is cut below that. */
export const salonDurations: DurationRule = {
  byCategory: { COLOR: 120, STYLE: 45, MISC: 15 },
  byService: {},
  defaultMinutes: 45,
  shrinkToMinutes: 10,
};

/** Events come before bookings, so that a cancelled booking never stands in another's way. */
const steps: readonly { kind: ImportKind; file: RegExp }[] = [
  { kind: 'services', file: /^services\./i },
  { kind: 'products', file: /^products\./i },
  { kind: 'staff', file: /^bookings\./i },
  { kind: 'clients', file: /^bookings\./i },
  { kind: 'cancellations', file: /^cancell?ations\./i },
  { kind: 'no_shows', file: /^no.?shows\./i },
  { kind: 'bookings', file: /^bookings\./i },
  { kind: 'receipts', file: /^receipts\./i },
];

/**
 * Imports every file of the folder that it knows. Refuses `time_zone_unknown`, `not_found` for a folder without such files,
 * and whatever the first refused file is refused for; files before it stay imported.
 */
export async function importSalon(deps: Deps, actor: Actor, salon: SalonImport): Promise<Result<Batch[]>> {
  const { zone, currency } = salon;
  if (!isKnownZone(zone)) return refuse('time_zone_unknown', { timeZone: zone });
  const names = await readdir(salon.folder).catch(() => []);
  const batches: Batch[] = [];
  for (const { kind, file } of steps) {
    const fileName = names.find((name) => file.test(name));
    if (!fileName) continue;
    const location = await deps.db.location.findFirst({ where: { name: salon.locationName } });
    const run = await runFile(deps, actor, {
      dataDir: salon.dataDir,
      path: path.join(salon.folder, fileName),
      fileName,
      kind,
      adjust: (suggested) => ({
        ...suggested,
        origin: path.basename(path.resolve(salon.folder)),
        currency,
        locationId: location?.id ?? null,
        newLocation: location ? null : { name: salon.locationName, timeZone: zone },
        durations: { ...salonDurations, ...salon.durations },
      }),
    });
    if (!run.ok) return run;
    batches.push(run.value);
    await salon.onStep?.(run.value);
  }
  return batches.length === 0 ? refuse('not_found', { noun: 'export' }) : done(batches);
}
