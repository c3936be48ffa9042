'use client';

import { useTranslations } from 'next-intl';
import { type Axis, breaksOf, clip, closedOf, heightOf, topOf } from './geometry.ts';
import styles from './grid.module.css';
import type { Lane, Span } from './types.ts';
import { useNow } from './use-now.ts';
import { VisitBlock } from './visit-block.tsx';

interface LaneColumnProps {
  lane: Lane;
  index: number;
  axis: Axis;
  width: number;
  firstOfDay: boolean;
  stopKey: string | null;
  openVisitId: string | null;
  pending: ReadonlyMap<string, unknown>;
}

const awayKinds = ['holiday', 'sick', 'training', 'repair', 'closure'] as const;
export const awayKind = (kind: string): (typeof awayKinds)[number] | 'other' =>
  awayKinds.find((known) => known === kind) ?? 'other';

function NowLine({ lane, axis }: { lane: Lane; axis: Axis }) {
  const now = useNow();
  if (now === null || now < lane.dayStartMs || now >= lane.dayEndMs) return null;
  return <div className={styles.nowLine} style={{ top: topOf(lane, now, axis) }} data-now="" />;
}

/** One specialist or room on one day: hours, breaks, leave, visits and the line of now. */
export function LaneColumn(props: LaneColumnProps) {
  const t = useTranslations('calendar');
  const { lane, axis } = props;
  const stretch = (span: Span) => ({ top: topOf(lane, span.startMs, axis), height: heightOf(span) });
  const away = lane.away.flatMap((each) => {
    const shown = clip(lane, each, axis);
    return shown ? [{ ...each, ...shown }] : [];
  });
  const isWholeDayAway = away.some(
    ({ startMs, endMs }) =>
      startMs <= lane.dayStartMs + axis.fromMinute * 60_000 && endMs - startMs > 12 * 3_600_000,
  );
  return (
    <div
      className={styles.lane}
      data-lane={props.index}
      data-column={lane.columnId}
      data-first-of-day={props.firstOfDay ? '' : undefined}
      style={{ left: props.index * props.width, width: props.width }}
    >
      {closedOf(lane, axis).map((span) => (
        <div key={span.startMs} className={styles.closed} style={stretch(span)} />
      ))}
      {!isWholeDayAway &&
        breaksOf(lane.open).map((span) => {
          const shown = clip(lane, span, axis);
          return (
            shown && (
              <div key={span.startMs} className={styles.pause} style={stretch(shown)} data-pause="">
                <span>{t('break')}</span>
              </div>
            )
          );
        })}
      {away.map((each) => (
        <div
          key={`${each.startMs}-${each.kind}`}
          className={styles.away}
          style={stretch(each)}
          data-away={each.kind}
        >
          <span>
            {t(`away.${awayKind(each.kind)}`)}
            {each.note !== null && each.note !== '' && ` · ${each.note}`}
          </span>
        </div>
      ))}
      {lane.blocks.map((block) => (
        <VisitBlock
          key={block.key}
          block={block}
          lane={lane}
          axis={axis}
          isStop={block.key === props.stopKey}
          isOpen={block.visit.appointmentId === props.openVisitId}
          isPending={props.pending.has(block.visit.appointmentId)}
        />
      ))}
      <NowLine lane={lane} axis={axis} />
    </div>
  );
}
