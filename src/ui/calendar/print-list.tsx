'use client';

import { useTranslations } from 'next-intl';
import { startOfLocalDay } from '../../domain/zone.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { asAppointmentStatus } from './status.ts';
import type { Lane } from './types.ts';

/** The day list on paper: who comes when to whom, a table for each column with visits. Made only while printing. */
export function PrintList(props: {
  clinicName: string;
  dates: readonly string[];
  zone: string;
  lanes: readonly Lane[];
}) {
  const { clinicName, dates, zone, lanes } = props;
  const t = useTranslations('calendar');
  const format = useFormat();
  const busy = lanes.filter(({ blocks }) => blocks.length > 0);
  const days = dates.length;
  const day = (date: string | undefined) =>
    date === undefined ? '' : format.longDay(new Date(startOfLocalDay(date, zone) + 12 * 3_600_000), zone);
  const title = days === 1 ? day(dates[0]) : `${day(dates[0])} – ${day(dates.at(-1))}`;
  return (
    <div className="hidden print:block" data-print-list="">
      <h1 className="text-title font-semibold">
        {clinicName} · {title}
      </h1>
      {busy.map((lane) => (
        <section key={lane.key} className="mt-4">
          <h2 className="font-semibold">
            {lane.name}
            {days > 1 && ` · ${format.longDay(new Date(lane.dayStartMs + 12 * 3_600_000), lane.zone)}`}
          </h2>
          <table className="mt-1 w-full border-collapse">
            <thead>
              <tr className="border-b border-line text-left">
                <th className="w-28 py-1 font-medium">{t('printTime')}</th>
                <th className="w-56 py-1 font-medium">{t('printClient')}</th>
                <th className="py-1 font-medium">{t('printService')}</th>
                <th className="w-28 py-1 font-medium">{t('printStatus')}</th>
              </tr>
            </thead>
            <tbody>
              {lane.blocks.map((block) => (
                <tr key={block.key} className="border-b border-line align-top">
                  <td className="py-1">
                    {format.time(new Date(block.startMs), lane.zone)}–
                    {format.time(new Date(block.endMs), lane.zone)}
                  </td>
                  <td className="py-1 font-medium">{block.visit.client?.name ?? t('busy')}</td>
                  <td className="py-1">
                    {block.visit.items
                      .map(({ serviceName, techniqueNames }) => [serviceName, ...techniqueNames].join(', '))
                      .join(' + ')}
                    {block.visit.note !== null && <em className="block">{block.visit.note}</em>}
                  </td>
                  <td className="py-1">{t(`statuses.${asAppointmentStatus(block.visit.status)}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
      {busy.length === 0 && <p className="mt-4">{t('printNothing')}</p>}
    </div>
  );
}
