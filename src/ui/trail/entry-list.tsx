'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../kit/icons.tsx';
import { EntryDetails } from './entry-details.tsx';
import type { Reading, TrailEntry } from './types.ts';
import { useFieldWord, useSentence, useSubjectWord } from './words.ts';

const actorKinds = ['staff', 'client', 'nobody', 'system'] as const;

export function useActorWord(): (entry: Pick<TrailEntry, 'actorKind' | 'actorName'>) => string {
  const t = useTranslations('trail.actor');
  return ({ actorKind, actorName }) =>
    actorName ?? t(actorKinds.find((kind) => kind === actorKind) ?? 'system');
}

/** Entries as sentences: when, what, of which record, by whom. Each opens to its details. */
export function EntryList(props: {
  label: string;
  entries: readonly TrailEntry[];
  reading: Reading;
  /** On a card everything is about its client, whose name is at the top. */
  ofOneClient?: boolean;
}) {
  return (
    <ul aria-label={props.label} className="divide-y divide-line">
      {props.entries.map((entry) => (
        <EntryRow
          key={entry.id}
          entry={entry}
          reading={props.reading}
          ofOneClient={props.ofOneClient === true}
        />
      ))}
    </ul>
  );
}

const namedFields = 4;

/** Where somebody was refused, by the name of what they asked for. */
function doorOf({ subjectType, detail }: TrailEntry): string | null {
  const door = detail.facts.find(({ field }) => field === 'door')?.value;
  return subjectType === 'door' && typeof door === 'string' ? door : null;
}

function EntryRow({
  entry,
  reading,
  ofOneClient,
}: {
  entry: TrailEntry;
  reading: Reading;
  ofOneClient: boolean;
}) {
  const format = useFormat();
  const sentence = useSentence();
  const actorWord = useActorWord();
  const subjectWord = useSubjectWord();
  const fieldWord = useFieldWord();
  const [isOpen, setOpen] = useState(false);
  const { changes, personal, secrets } = entry.detail;
  const isUpdate = entry.action.endsWith('.update');
  const fields = [...changes.map(({ field }) => field), ...personal, ...secrets].map(fieldWord);
  // Who signs in is told at the right already.
  const isOwn = entry.subjectId !== null && entry.subjectId === entry.actorId;
  const about = ofOneClient || isOwn ? null : (entry.subjectName ?? entry.clientName ?? doorOf(entry));
  const isKnown = !sentence(entry).includes(entry.action);
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="grid min-h-12 cursor-pointer list-none grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[9rem_minmax(0,1fr)_minmax(0,12rem)_auto] [&::-webkit-details-marker]:hidden">
          <span className="text-sm text-soft" data-tabular>
            {format.dayTime(entry.at, reading.zone)}
            <span className="sm:hidden"> · {actorWord(entry)}</span>
          </span>
          <span className="min-w-0 max-sm:col-start-1">
            <span className={`font-medium ${entry.kind === 'refusal' ? 'text-attention' : ''}`}>
              {sentence(entry)}
            </span>
            {about !== null && <span> · {about}</span>}
            {!isKnown && about === null && <span> · {subjectWord(entry.subjectType)}</span>}
            {isUpdate && fields.length > 0 && (
              <span className="block truncate text-sm text-soft">
                {fields.slice(0, namedFields).join(', ')}
                {fields.length > namedFields && ` +${fields.length - namedFields}`}
              </span>
            )}
          </span>
          <span className="truncate text-right text-sm text-soft max-sm:hidden">{actorWord(entry)}</span>
          <Icon
            name="chevronDown"
            size={16}
            className={`self-center text-soft max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1 ${isOpen ? 'rotate-180' : ''}`}
          />
        </summary>
        {isOpen && (
          <div className="sm:pl-40">
            <EntryDetails entry={entry} reading={reading} />
          </div>
        )}
      </details>
    </li>
  );
}
