'use client';

import { useMediaQuery } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { isMovable } from '../../domain/appointment.ts';
import { localDateOf, startOfLocalDay } from '../../domain/zone.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { useShortcut } from '../kit/shortcuts.tsx';
import { EmptyState, FailureState } from '../kit/states.tsx';
import { matches, useCommandSource } from '../shell/commands.tsx';
import { useCalendarAddress } from './address.ts';
import { Agenda } from './agenda.tsx';
import { DayGrid, type GridActions } from './day-grid.tsx';
import type { DraftClient } from './draft.ts';
import type { Drop } from './drag.ts';
import { axisOf } from './geometry.ts';
import { GridSkeleton } from './grid-skeleton.tsx';
import { type Column, columnsOf, lanesOf } from './lanes.ts';
import { LiveNote } from './live-note.tsx';
import { soleSpecialist, withPatches } from './pending.ts';
import { PrintList } from './print-list.tsx';
import { QuickAdd } from './quick-add.tsx';
import { RefusedMove } from './refused-move.tsx';
import { type AbsentDay, SickDay } from './sick-day.tsx';
import { asAppointmentStatus } from './status.ts';
import { Toolbar } from './toolbar.tsx';
import type { Block, Desk, DeskRights, Lane } from './types.ts';
import { datesOf, useCalendarData } from './use-calendar-data.ts';
import { type DraftStart, useDraft } from './use-draft.ts';
import { useMoves } from './use-moves.ts';
import { useNow } from './use-now.ts';
import { isNameless } from './visit-block.tsx';
import { VisitDrawer } from './visit-drawer.tsx';

/** How wide the drawer is, less the page's own margin. */
const drawerPx = 448 - 24;

interface CalendarPageProps {
  desk: Desk;
  rights: DeskRights;
  /** Whom the address asks to book a visit for. */
  client: DraftClient | null;
}

export function CalendarPage({ desk, rights, client }: CalendarPageProps) {
  const t = useTranslations('calendar');
  const now = useNow();
  if (desk.locations.length === 0)
    return <EmptyState icon="calendar" title={t('noLocation')} text={t('noLocationText')} />;
  return (
    <div className="-mt-3 flex flex-col gap-3 md:-mb-8 md:h-[calc(100dvh-5rem)] print:block print:h-auto">
      {now === null ? <GridSkeleton /> : <Calendar desk={desk} rights={rights} client={client} now={now} />}
    </div>
  );
}

/** Everything at once is printed only while the browser prints. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return printing;
}

function Calendar({ desk, rights, client, now }: CalendarPageProps & { now: number }) {
  const t = useTranslations('calendar');
  const problemText = useProblemText();
  const { address, change } = useCalendarAddress();
  const isPhone = useMediaQuery('(max-width: 47.99rem)', false, { getInitialValueInEffect: false }) ?? false;
  const printing = usePrinting();
  const moves = useMoves({ mayOverride: rights.overridePolicy });
  const [moving, setMoving] = useState(false);
  const [absent, setAbsent] = useState<AbsentDay | null>(null);
  const [agendaColumn, setAgendaColumn] = useState<string | null>(null);

  const chosenPlaces = desk.locations.filter(({ id }) => address.at.includes(id));
  const places = chosenPlaces.length > 0 ? chosenPlaces : desk.locations.slice(0, 1);
  const zone = places[0]?.timeZone ?? 'UTC';
  const today = localDateOf(now, zone);
  const date = address.date ?? today;
  const mayAdd = rights.editAll || rights.specialistId !== null;
  const form = useDraft(desk, client && mayAdd ? { locationId: places[0]?.id ?? '', date, client } : null);
  const adding = form.draft !== null;
  const view = isPhone ? 'day' : address.view;
  const isWeek = view === 'week';
  const dates = datesOf(view, date);
  const { shown, loading, failed, retry } = useCalendarData(places, dates);
  const ready = shown.flatMap(({ place, view: days }) =>
    days ? [{ place, view: withPatches(days, moves.patches) }] : [],
  );
  const columns = ready.flatMap((each): Column[] => columnsOf(each.view, each.place, address.by));
  const only = columnsShown(columns, address.who, isWeek, rights.specialistId);
  const lanes = lanesOf(ready, { dates, by: address.by, colour: address.colour, only });
  const axis = axisOf(lanes);
  const nameOf = (id: string) => desk.specialists.find((each) => each.id === id)?.name ?? '';

  const mayCreate = (lane: Lane) => rights.editAll || lane.columnId === rights.specialistId;

  function startDraft(start: DraftStart) {
    setMoving(false);
    change({ visit: null }, 'replace');
    form.begin(start);
  }

  function closeDraft() {
    form.close();
    // A link that opened the form is done with.
    change({}, 'replace');
  }

  function open(block: Block) {
    if (isNameless(block)) return;
    form.close();
    setMoving(false);
    change({ visit: block.visit.appointmentId }, 'replace');
  }

  const openId = adding ? null : address.visit;
  useShortcut({ keys: 'm', label: t('keys.move') }, () => openId !== null && setMoving(true));
  useCommandSource({
    id: 'calendar',
    label: t('commands'),
    find: (query) => {
      const create = {
        id: 'calendar-new',
        label: t('newVisit'),
        icon: 'plus' as const,
        run: () => startNew(),
      };
      const move = {
        id: 'calendar-day',
        label: t('moveDay'),
        icon: 'forward' as const,
        run: () => setAbsent({ specialistId: only?.[0] ?? desk.specialists[0]?.id ?? '', date }),
      };
      return [...(mayAdd ? [create] : []), ...(rights.moveDay ? [move] : [])].filter(({ label }) =>
        matches(label, query),
      );
    },
  });
  const startNew = () => startDraft({ locationId: places[0]?.id ?? '', date });

  function drop(done: Drop) {
    if (done.kind === 'create') {
      startDraft({
        locationId: done.lane.locationId,
        date: done.lane.date,
        startsAt: done.startMs,
        specialistId: done.lane.kind === 'specialist' ? done.lane.columnId : null,
      });
      return;
    }
    const { block, lane } = done;
    const { visit } = block;
    const delta = done.kind === 'move' ? done.startsAt - block.startMs : 0;
    const changesHands =
      done.kind === 'move' && lane.kind === 'specialist' && lane.columnId !== done.from.columnId;
    void moves.run({
      visit: { ...visit, clientName: visit.client?.name ?? null },
      zone: lane.zone,
      startsAt: visit.startsAt + delta,
      specialistId: changesHands ? lane.columnId : null,
      durationMinutes: done.kind === 'resize' ? Math.round((done.endsAt - block.startMs) / 60_000) : null,
      overrideReason: null,
    });
  }

  const actions: GridActions = {
    onOpen: open,
    onMove: (block) => {
      open(block);
      setMoving(true);
    },
    onDrop: drop,
    mayCreate,
    mayDrop: (block, from, to) => mayDrop(desk, rights, block, from, to),
    onOnly: (lane, only) =>
      change({ who: [lane.columnId], view: only, date: lane.date === today ? null : lane.date }),
    onMoveDay: rights.moveDay ? (lane) => setAbsent({ specialistId: lane.columnId, date: lane.date }) : null,
  };
  const lookAt = lookAtOf(lanes, now);
  const title = dates.length === 1 ? (dates[0] ?? '') : `${dates[0]} – ${dates.at(-1)}`;
  return (
    <>
      <Toolbar
        desk={desk}
        address={{ ...address, view }}
        change={change}
        date={date}
        dates={dates}
        today={today}
        zone={zone}
        at={places.map(({ id }) => id)}
        columns={columns}
        who={only}
        isPhone={isPhone}
        onPrint={() => window.print()}
        onMoveDay={
          rights.moveDay
            ? () => setAbsent({ specialistId: only?.[0] ?? desk.specialists[0]?.id ?? '', date })
            : null
        }
        onCreate={mayAdd ? startNew : null}
      />
      <LiveNote />
      <div className="min-h-0 flex-1" data-print="hide">
        {failed !== null ? (
          <FailureState text={problemText(failed)} onRetry={retry} />
        ) : loading && ready.length === 0 ? (
          <GridSkeleton columns={isPhone ? 1 : isWeek ? 7 : 6} />
        ) : lanes.length === 0 ? (
          <EmptyState
            icon="calendar"
            title={address.by === 'room' ? t('noRooms') : t('noSpecialists')}
            text={t('noColumnsText')}
          />
        ) : isPhone ? (
          <Agenda
            lanes={lanes}
            laneKey={
              lanes.find(({ columnId }) => columnId === (agendaColumn ?? rights.specialistId))?.key ?? null
            }
            onLane={(lane) => setAgendaColumn(lane.columnId)}
            onOpen={open}
            onCreate={
              mayAdd
                ? (lane, startsAt) =>
                    startDraft({
                      locationId: lane.locationId,
                      date: lane.date,
                      startsAt,
                      specialistId: lane.kind === 'specialist' ? lane.columnId : null,
                    })
                : null
            }
          />
        ) : (
          <DayGrid
            label={t('gridLabel', { day: title })}
            lanes={lanes}
            axis={axis}
            isWeek={isWeek}
            today={today}
            withPlaces={places.length > 1}
            stepMinutes={desk.slotStepMinutes}
            openVisitId={address.visit}
            pending={moves.patches}
            coveredPx={adding || address.visit !== null ? drawerPx : 0}
            lookAt={lookAt}
            actions={actions}
          />
        )}
      </div>
      {printing && <PrintList clinicName={desk.clinicName} dates={dates} zone={zone} lanes={lanes} />}
      <VisitDrawer
        desk={desk}
        appointmentId={openId}
        moving={moving}
        onMoving={setMoving}
        onMove={moves.run}
        onClose={() => {
          setMoving(false);
          change({ visit: null }, 'replace');
        }}
      />
      <QuickAdd
        desk={desk}
        rights={rights}
        draft={form.draft}
        onChange={form.setDraft}
        onClose={closeDraft}
        onBooked={() => {
          form.clear();
          change({}, 'replace');
        }}
      />
      <RefusedMove
        refused={moves.refused}
        mayOverride={rights.overridePolicy}
        nameOf={nameOf}
        onTry={(move) => void moves.run(move)}
        onClose={moves.dismiss}
      />
      <SickDay
        desk={desk}
        rights={rights}
        day={absent}
        today={today}
        onChange={setAbsent}
        onClose={() => setAbsent(null)}
      />
    </>
  );
}

/** Null: all. A week shows one column unless more were asked for: one's own, or the first. */
function columnsShown(
  columns: readonly Column[],
  who: readonly string[],
  isWeek: boolean,
  ownId: string | null,
): readonly string[] | null {
  const known = who.filter((id) => columns.some((column) => column.id === id));
  if (known.length > 0) return known;
  if (!isWeek) return null;
  const first = columns.find(({ id }) => id === ownId) ?? columns[0];
  return first ? [first.id] : null;
}

/** Only where the server could say yes: the same house, and into another's column only somebody who performs all of it. */
function mayDrop(desk: Desk, rights: DeskRights, block: Block, from: Lane, to: Lane): boolean {
  if (to.locationId !== from.locationId) return false;
  if (to.columnId === from.columnId) return true;
  if (to.kind !== 'specialist' || !rights.editAll || soleSpecialist(block.visit.items) === null) return false;
  if (!isMovable(asAppointmentStatus(block.visit.status))) return false;
  return block.visit.items.every(
    ({ serviceId }) =>
      desk.services.find(({ id }) => id === serviceId)?.specialistIds.includes(to.columnId) !== false,
  );
}

/** Today looks at this moment, other days at their beginning. */
function lookAtOf(lanes: readonly Lane[], now: number): number | null {
  const [first] = lanes;
  if (!first) return null;
  const elapsed = lanes.some((lane) => now >= lane.dayStartMs && now < lane.dayEndMs)
    ? (now - startOfLocalDay(localDateOf(now, first.zone), first.zone)) / 60_000
    : Math.min(
        ...lanes.flatMap((lane) => lane.open.map(({ startMs }) => (startMs - lane.dayStartMs) / 60_000)),
        24 * 60,
      );
  return first.dayStartMs + (elapsed >= 24 * 60 ? 8 * 60 : elapsed) * 60_000;
}
