/** The trail as a file: what is filtered, newest first, streamed page by page. Taking it out is noted in the trail itself. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { TrailFilter } from '../../domain/trail.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { inertCell } from '../imports/csv.ts';
import { asEntries, type TrailEntry } from './entries.ts';
import { noteEntry } from './note.ts';
import { findEntries } from './queries.ts';

const rowsAtOnce = 1_000;
const header = [
  'entry',
  'at',
  'actor_kind',
  'actor_id',
  'actor',
  'kind',
  'action',
  'subject_type',
  'subject_id',
  'subject',
  'client_id',
  'client',
  'reason',
  'details',
];

const line = (cells: readonly string[]): string => `${cells.map(inertCell).join(',')}\r\n`;

/** Values by column as they stood; personal ones by their names alone. */
function detailsOf({ changes, facts, secrets, personal }: TrailEntry['detail']): string {
  const told = {
    ...Object.fromEntries(changes.map(({ field, before, after }) => [field, [before, after]])),
    ...Object.fromEntries(facts.map(({ field, value }) => [field, value])),
    ...Object.fromEntries(secrets.map((field) => [field, 'changed'])),
    ...(personal.length > 0 ? { personal } : {}),
  };
  return Object.keys(told).length === 0 ? '' : JSON.stringify(told);
}

const cellsOf = (entry: TrailEntry): string[] => [
  entry.id,
  entry.at.toISOString(),
  entry.actorKind,
  entry.actorId ?? '',
  entry.actorName ?? '',
  entry.kind,
  entry.action,
  entry.subjectType,
  entry.subjectId ?? '',
  entry.subjectName ?? '',
  entry.clientId ?? '',
  entry.clientName ?? '',
  entry.reason ?? '',
  detailsOf(entry.detail),
];

/**
 * What is filtered as CSV text (UTF-8 with its mark, every cell made inert for spreadsheets). Instants are UTC. Refuses `forbidden`;
 * whether the proof of who asks is fresh is the door's to ask.
 */
export async function exportTrail(
  deps: Deps,
  actor: Actor,
  filter: TrailFilter,
): Promise<Result<{ fileName: string; text: AsyncGenerator<string> }>> {
  if (!can(actor, 'audit.view')) return refuse('forbidden');
  const { db } = deps;
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null));
  await transact(db, (tx) =>
    noteEntry(tx, {
      action: 'trail.export',
      subjectType: 'audit_entry',
      subjectId: null,
      detail: { filter: JSON.stringify(asked) },
    }),
  );
  async function* text(): AsyncGenerator<string> {
    yield `\ufeff${line(header)}`;
    for (let cursor: string | null = null; ; ) {
      const found: Awaited<ReturnType<typeof findEntries>> = await findEntries(db, filter, {
        cursor,
        limit: rowsAtOnce,
      });
      const { entries } = await asEntries(db, actor, found.rows);
      yield entries.map((entry) => line(cellsOf(entry))).join('');
      if (found.nextCursor === null) return;
      cursor = found.nextCursor;
    }
  }
  return done({ fileName: `trail-${deps.now().toISOString().slice(0, 10)}.csv`, text: text() });
}
