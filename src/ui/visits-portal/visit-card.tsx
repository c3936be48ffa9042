import Link from 'next/link';
import { Icon } from '../kit/icons.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { nameOf, type OwnVisit, performersOf } from './own-visit.ts';
import { VisitStatus } from './visit-status.tsx';

/** A visit in a list: the whole card leads to its page. */
export function VisitCard({ visit }: { visit: OwnVisit }) {
  return (
    <Link
      href={`/visits/${visit.appointmentId}`}
      className="flex min-h-16 items-center gap-3 rounded-md border border-line bg-surface px-4 py-3 text-ink no-underline hover:border-line-strong hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-semibold">
            <TimeText at={new Date(visit.startsAt)} zone={visit.timeZone} viewer />
          </span>
          <VisitStatus status={visit.status} />
        </span>
        <span className="mt-1 block">{nameOf(visit)}</span>
        <span className="block text-sm text-soft">{performersOf(visit)}</span>
      </span>
      <Icon name="chevronRight" size={18} className="shrink-0 text-soft" />
    </Link>
  );
}
