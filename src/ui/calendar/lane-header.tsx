'use client';

import { Menu } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../kit/icons.tsx';
import { PersonMark } from '../kit/person-mark.tsx';
import type { Lane, View } from './types.ts';

export interface LaneActions {
  /** Shows this column alone, in the view given. */
  onOnly: (lane: Lane, view: View) => void;
  /** Absent without the right. */
  onMoveDay: ((lane: Lane) => void) | null;
}

/** Name, how full the day is, and what can be done with the whole column. */
export function LaneHeader(props: {
  lane: Lane;
  isWeek: boolean;
  isToday: boolean;
  withName: boolean;
  withPlace: boolean;
  /** Too narrow for more than the name. */
  narrow: boolean;
  actions: LaneActions;
}) {
  const t = useTranslations('calendar');
  const format = useFormat();
  const { lane, isWeek, isToday, actions } = props;
  const visits = lane.blocks.filter(({ visit }) => visit.status !== 'held').length;
  const noon = new Date(lane.dayStartMs + 12 * 3_600_000);
  const day = format.day(noon, lane.zone);
  const title = isWeek ? day : lane.name;
  const detail = isWeek && props.withName ? lane.name : t('visitCount', { count: visits });
  return (
    <Menu position="bottom-start" width={260} transitionProps={{ duration: 120 }} withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={`flex h-full w-full min-w-0 cursor-pointer items-center gap-2 border-l border-line px-2 text-left hover:bg-hover ${isToday && isWeek ? 'bg-accent-soft' : ''}`}
          data-column-menu={lane.columnId}
        >
          {!isWeek && !props.narrow && lane.kind === 'specialist' && (
            <PersonMark name={lane.name} hue={lane.hue} size={28} />
          )}
          {!isWeek && !props.narrow && lane.kind !== 'specialist' && (
            <Icon name="door" size={18} className="shrink-0 text-soft" />
          )}
          <span className="min-w-0 flex-1">
            <span
              className={`block truncate text-sm font-semibold ${isToday && isWeek ? 'text-accent' : ''}`}
            >
              {title}
            </span>
            <span className="block truncate text-xs text-soft">
              {props.withPlace && !isWeek ? `${lane.locationName} · ${detail}` : detail}
            </span>
          </span>
          <span className="sr-only">{isWeek ? lane.name : day}</span>
          <Icon name="chevronDown" size={14} className="shrink-0 text-soft" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{isWeek ? `${lane.name} · ${day}` : lane.name}</Menu.Label>
        <Menu.Item onClick={() => actions.onOnly(lane, 'day')}>{t('onlyColumn')}</Menu.Item>
        <Menu.Item onClick={() => actions.onOnly(lane, 'week')}>{t('weekOf')}</Menu.Item>
        {actions.onMoveDay !== null && lane.kind === 'specialist' && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<Icon name="forward" size={18} />}
              onClick={() => actions.onMoveDay?.(lane)}
            >
              {t('moveDay')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
