'use client';

import { Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../kit/states.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { awayKind } from './lane-column.tsx';
import { breaksOf, freeOf, minuteMs } from './geometry.ts';
import { HoldLeft } from './hold-left.tsx';
import { asAppointmentStatus, statusMarks } from './status.ts';
import type { Away, Block, Lane, Span } from './types.ts';
import { useNow } from './use-now.ts';
import { isNameless } from './visit-block.tsx';

type Entry =
  | { kind: 'visit'; at: Span; block: Block }
  | { kind: 'free'; at: Span }
  | { kind: 'break'; at: Span }
  | { kind: 'away'; at: Span; away: Away };

const shortestFree = 15 * minuteMs;

/** Everything of one column in the order of the day. */
function entriesOf(lane: Lane): Entry[] {
  const entries: Entry[] = [
    ...lane.blocks.map((block): Entry => ({ kind: 'visit', at: block, block })),
    ...lane.away.map((away): Entry => ({ kind: 'away', at: away, away })),
    ...breaksOf(lane.open).map((at): Entry => ({ kind: 'break', at })),
    ...freeOf(lane)
      .filter(({ startMs, endMs }) => endMs - startMs >= shortestFree)
      .map((at): Entry => ({ kind: 'free', at })),
  ];
  return entries.sort((a, b) => a.at.startMs - b.at.startMs || a.at.endMs - b.at.endMs);
}

interface AgendaProps {
  lanes: readonly Lane[];
  laneKey: string | null;
  onLane: (lane: Lane) => void;
  onOpen: (block: Block) => void;
  onCreate: ((lane: Lane, startMs: number) => void) | null;
}

/** A phone's calendar: one column as a list by hour, the others one choice away. */
export function Agenda({ lanes, laneKey, onLane, onOpen, onCreate }: AgendaProps) {
  const t = useTranslations('calendar');
  // Until somebody is chosen it is the first who works that day.
  const lane =
    lanes.find(({ key }) => key === laneKey) ?? lanes.find((each) => entriesOf(each).length > 0) ?? lanes[0];
  if (!lane) return null;
  const entries = entriesOf(lane);
  return (
    <div>
      <Select
        label={t('column')}
        data={lanes.map(({ key, name, blocks, locationName }) => ({
          value: key,
          label: `${name}${lanes.some((l) => l.locationId !== lane.locationId) ? ` · ${locationName}` : ''} · ${t('visitCount', { count: blocks.length })}`,
        }))}
        value={lane.key}
        onChange={(key) => {
          const next = lanes.find((each) => each.key === key);
          if (next) onLane(next);
        }}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
      />
      {entries.length === 0 ? (
        <EmptyState
          icon="calendar"
          title={t('nothingHere', { name: lane.name })}
          text={t('nothingHereText')}
        />
      ) : (
        <ol className="mt-4 flex flex-col gap-2" aria-label={lane.name}>
          {entries.map((entry) => (
            <li key={`${entry.kind}-${entry.at.startMs}-${entry.kind === 'visit' ? entry.block.key : ''}`}>
              <AgendaEntry entry={entry} lane={lane} onOpen={onOpen} onCreate={onCreate} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function AgendaEntry(props: { entry: Entry; lane: Lane } & Pick<AgendaProps, 'onOpen' | 'onCreate'>) {
  const t = useTranslations('calendar');
  const format = useFormat();
  const now = useNow() ?? 0;
  const { entry, lane, onCreate } = props;
  const time = (ms: number) => format.time(new Date(ms), lane.zone);
  const times = (
    <span data-tabular className="w-12 shrink-0 text-sm">
      <span className="block font-semibold">{time(entry.at.startMs)}</span>
      <span className="block text-soft">{time(entry.at.endMs)}</span>
    </span>
  );
  if (entry.kind === 'free' && (onCreate === null || entry.at.endMs <= now)) return null;
  if (entry.kind === 'free')
    return (
      <button
        type="button"
        onClick={() =>
          onCreate?.(lane, Math.max(entry.at.startMs, Math.ceil(now / (15 * minuteMs)) * 15 * minuteMs))
        }
        className="flex min-h-12 w-full cursor-pointer items-center gap-3 rounded-md border border-dashed border-line-strong px-3 text-left text-soft hover:bg-hover"
      >
        {times}
        <span className="flex-1">{t('free')}</span>
        <span className="font-medium text-accent">{t('book')}</span>
      </button>
    );
  if (entry.kind !== 'visit')
    return (
      <p className="flex min-h-11 items-center gap-3 rounded-md bg-sunken px-3 text-sm text-soft">
        {times}
        {entry.kind === 'break' ? t('break') : t(`away.${awayKind(entry.away.kind)}`)}
        {entry.kind === 'away' && entry.away.note ? ` · ${entry.away.note}` : ''}
      </p>
    );
  const { block } = entry;
  const status = asAppointmentStatus(block.visit.status);
  const nameless = isNameless(block);
  const { tone, icon } = statusMarks[status];
  return (
    <button
      type="button"
      disabled={nameless}
      onClick={() => props.onOpen(block)}
      data-visit={block.visit.appointmentId}
      className="flex min-h-16 w-full cursor-pointer items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 text-left hover:bg-hover disabled:cursor-default"
      style={{ borderLeft: `4px solid var(--hue-${block.hue})` }}
    >
      {times}
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">
          {status === 'held' ? t('held') : nameless ? t('busy') : block.visit.client?.name}
        </span>
        <span className="block truncate text-sm text-soft">
          {block.visit.items.map(({ serviceName }) => serviceName).join(' + ')}
          {status === 'held' && block.visit.heldUntil !== null && <HoldLeft until={block.visit.heldUntil} />}
        </span>
      </span>
      {!nameless && (
        <StatusMark tone={tone} icon={icon}>
          {t(`statuses.${status}`)}
        </StatusMark>
      )}
    </button>
  );
}
