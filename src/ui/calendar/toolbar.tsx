'use client';

import { ActionIcon, Button, Menu, Popover, SegmentedControl } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { addDays, startOfLocalDay } from '../../domain/zone.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { useShortcut } from '../kit/shortcuts.tsx';
import type { CalendarAddress } from './address.ts';
import { CheckMenu } from './check-menu.tsx';
import type { Column } from './lanes.ts';
import type { Desk } from './types.ts';

export interface ToolbarProps {
  desk: Desk;
  address: CalendarAddress;
  change: (part: Partial<CalendarAddress>, how?: 'push' | 'replace') => void;
  date: string;
  dates: readonly string[];
  today: string;
  zone: string;
  /** Locations shown now, and every column there is to choose from. */
  at: readonly string[];
  columns: readonly Column[];
  who: readonly string[] | null;
  isPhone: boolean;
  onPrint: () => void;
  onMoveDay: (() => void) | null;
  onCreate: (() => void) | null;
}

function useTitle(dates: readonly string[], zone: string, isPhone: boolean): string {
  const format = useFormat();
  const noon = (date: string) => new Date(startOfLocalDay(date, zone) + 12 * 3_600_000);
  const first = dates[0];
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return '';
  return first === last
    ? (isPhone ? format.day : format.longDay)(noon(first), zone)
    : `${format.day(noon(first), zone)} – ${format.day(noon(last), zone)}`;
}

function DayChoice(props: ToolbarProps & { title: string }) {
  const t = useTranslations('calendar');
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <h1 className="min-w-0">
        <Popover.Target>
          <button
            type="button"
            aria-haspopup="dialog"
            aria-expanded={opened}
            title={t('chooseDay')}
            onClick={() => setOpened(!opened)}
            className="flex min-h-9 max-w-full min-w-0 cursor-pointer items-center gap-1 rounded-md px-2 text-left hover:bg-hover"
          >
            <span className="block min-w-0 truncate text-lg font-semibold tracking-tight text-ink first-letter:uppercase">
              {props.title}
            </span>
            <Icon name="chevronDown" size={16} className="shrink-0 text-soft" />
          </button>
        </Popover.Target>
      </h1>
      <Popover.Dropdown>
        <DatePicker
          value={props.date}
          onChange={(date) => {
            if (date !== null) props.change({ date });
            setOpened(false);
          }}
          defaultDate={props.date}
          ariaLabels={{
            nextMonth: t('nextMonth'),
            previousMonth: t('previousMonth'),
            monthLevelControl: t('chooseMonth'),
            yearLevelControl: t('chooseYear'),
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Where one is in time and what is shown; everything in it stands in the address. */
export function Toolbar(props: ToolbarProps) {
  const t = useTranslations('calendar');
  const { address, change, date, dates, today } = props;
  const title = useTitle(dates, props.zone, props.isPhone);
  const step = (direction: 1 | -1) => change({ date: addDays(date, direction * dates.length) });
  const toToday = () => change({ date: null });
  const isWeek = address.view === 'week';
  useShortcut({ keys: 't', label: t('keys.today') }, toToday);
  useShortcut({ keys: 'ArrowLeft', label: t('keys.previous') }, () => step(-1));
  useShortcut({ keys: 'ArrowRight', label: t('keys.next') }, () => step(1));
  useShortcut({ keys: 'd', label: t('keys.day') }, () => change({ view: 'day' }));
  useShortcut({ keys: 'w', label: t('keys.week') }, () => change({ view: 'week' }), !props.isPhone);
  useShortcut({ keys: 'c', label: t('keys.create') }, () => props.onCreate?.(), props.onCreate !== null);
  return (
    <header data-print="hide" className="flex flex-wrap items-center gap-x-2 gap-y-2">
      <div className="order-2 flex min-w-0 items-center gap-1 max-md:w-full md:order-1 md:flex-1">
        <IconButton
          icon="chevronLeft"
          label={isWeek ? t('previousWeek') : t('previousDay')}
          onClick={() => step(-1)}
        />
        <IconButton
          icon="chevronRight"
          label={isWeek ? t('nextWeek') : t('nextDay')}
          onClick={() => step(1)}
        />
        <Button
          variant="default"
          px="sm"
          className="shrink-0"
          onClick={toToday}
          disabled={dates.includes(today) && address.date === null}
        >
          {t('today')}
        </Button>
        {!props.isPhone && <DayChoice {...props} title={title} />}
      </div>
      {props.isPhone && (
        <div className="order-1 flex w-full min-w-0 items-center gap-1">
          <div className="min-w-0 flex-1">
            <DayChoice {...props} title={title} />
          </div>
          <MoreMenu {...props} />
          {props.onCreate !== null && (
            <ActionIcon size={44} aria-label={t('newVisit')} onClick={props.onCreate}>
              <Icon name="plus" />
            </ActionIcon>
          )}
        </div>
      )}
      {!props.isPhone && <ViewChoices {...props} />}
      {!props.isPhone && props.onCreate !== null && (
        <Button
          className="order-2 shrink-0 xl:order-3"
          leftSection={<Icon name="plus" size={18} />}
          onClick={props.onCreate}
        >
          {t('newVisit')}
        </Button>
      )}
      {props.isPhone && props.desk.locations.length > 1 && (
        <div className="order-3">
          <PlaceMenu {...props} />
        </div>
      )}
    </header>
  );
}

function PlaceMenu({ desk, at, change }: ToolbarProps) {
  const t = useTranslations('calendar');
  return (
    <CheckMenu
      label={t('locations')}
      all={t('allLocations')}
      options={desk.locations}
      chosen={at}
      onChange={(chosen) =>
        change({ at: chosen.length === 0 ? desk.locations.map(({ id }) => id) : chosen, who: [] })
      }
    />
  );
}

/** Day or week, what the columns are, and which of them. */
function ViewChoices(props: ToolbarProps) {
  const t = useTranslations('calendar');
  const { address, change } = props;
  const byRoom = address.by === 'room';
  return (
    <div className="order-3 flex w-full flex-wrap items-center gap-2 xl:order-2 xl:w-auto">
      <SegmentedControl
        size="sm"
        aria-label={t('view')}
        value={address.view}
        onChange={(value) => change({ view: value === 'week' ? 'week' : 'day' })}
        data={[
          { value: 'day', label: t('day') },
          { value: 'week', label: t('week') },
        ]}
      />
      <SegmentedControl
        size="sm"
        aria-label={t('columns')}
        value={address.by}
        onChange={(value) => change({ by: value === 'room' ? 'room' : 'specialist', who: [] })}
        data={[
          { value: 'specialist', label: t('bySpecialist') },
          { value: 'room', label: t('byRoom') },
        ]}
      />
      {props.desk.locations.length > 1 && <PlaceMenu {...props} />}
      <CheckMenu
        label={byRoom ? t('rooms') : t('specialists')}
        all={byRoom ? t('allRooms') : t('allSpecialists')}
        options={props.columns}
        chosen={props.who}
        onChange={(who) => change({ who })}
      />
      <MoreMenu {...props} />
    </div>
  );
}

function MoreMenu({ address, change, onPrint, onMoveDay }: ToolbarProps) {
  const t = useTranslations('calendar');
  const colour = (value: CalendarAddress['colour']) => ({
    role: 'menuitemradio' as const,
    'aria-checked': address.colour === value,
    leftSection: address.colour === value ? <Icon name="check" size={18} /> : <span className="w-4.5" />,
    onClick: () => change({ colour: value }, 'replace'),
  });
  return (
    <Menu position="bottom-end" width={270} transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <IconButton icon="more" label={t('more')} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('colourBy')}</Menu.Label>
        <Menu.Item {...colour('service')}>{t('colourService')}</Menu.Item>
        <Menu.Item {...colour('specialist')}>{t('colourSpecialist')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={onPrint}>{t('print')}</Menu.Item>
        {onMoveDay !== null && <Menu.Item onClick={onMoveDay}>{t('moveDay')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
