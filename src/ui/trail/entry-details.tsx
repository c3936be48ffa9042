'use client';

import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { TrailChange } from '../../domain/trail.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import type { Reading, TrailEntry } from './types.ts';
import { useFieldWord, useValueText } from './words.ts';

/** What changed into what, why, and what is personal only when it is asked for. */
export function EntryDetails({ entry, reading }: { entry: TrailEntry; reading: Reading }) {
  const t = useTranslations('trail');
  const fieldWord = useFieldWord();
  const valueText = useValueText(reading);
  const { changes, facts, secrets, personal } = entry.detail;
  const nothing = changes.length + facts.length + secrets.length + personal.length === 0;
  return (
    <div className="flex flex-col gap-3 pb-3 text-sm">
      {entry.reason !== null && <p>{t('reason', { reason: entry.reason })}</p>}
      {changes.length > 0 && <Changes changes={changes} reading={reading} />}
      {(facts.length > 0 || secrets.length > 0) && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {facts.map(({ field, value }) => (
            <div key={field} className="contents">
              <dt className="text-soft">{fieldWord(field)}</dt>
              <dd className="break-words">
                {field === 'fields' && Array.isArray(value)
                  ? value.map((each) => fieldWord(snake(each))).join(', ')
                  : valueText(field, value)}
              </dd>
            </div>
          ))}
          {secrets.map((field) => (
            <div key={field} className="contents">
              <dt className="text-soft">{fieldWord(field)}</dt>
              <dd>{t('secretChanged')}</dd>
            </div>
          ))}
        </dl>
      )}
      {personal.length > 0 && <Personal entry={entry} reading={reading} />}
      {nothing && entry.reason === null && <p className="text-soft">{t('noDetails')}</p>}
      <p className="flex flex-wrap gap-x-4 text-xs text-soft">
        <span>{t('entry', { id: entry.id })}</span>
        <code>{entry.action}</code>
        {entry.clientId !== null && entry.clientName !== null && (
          <Link href={`/clients/${entry.clientId}`} className="underline underline-offset-4">
            {entry.clientName}
          </Link>
        )}
      </p>
    </div>
  );
}

/** The app names fields as the code does, the database as its columns. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function Changes({ changes, reading }: { changes: readonly TrailChange[]; reading: Reading }) {
  const t = useTranslations('trail');
  const fieldWord = useFieldWord();
  const valueText = useValueText(reading);
  return (
    <div className="overflow-x-auto">
      <table className="w-full max-w-3xl text-left">
        <thead className="text-soft">
          <tr>
            <th scope="col" className="py-1 pr-4 font-medium">
              {t('field')}
            </th>
            <th scope="col" className="py-1 pr-4 font-medium">
              {t('before')}
            </th>
            <th scope="col" className="py-1 font-medium">
              {t('after')}
            </th>
          </tr>
        </thead>
        <tbody className="align-top">
          {changes.map(({ field, before, after }) => (
            <tr key={field} className="border-t border-line">
              <th scope="row" className="py-1 pr-4 font-normal text-soft">
                {fieldWord(field)}
              </th>
              <td className="max-w-72 py-1 pr-4 break-words">{valueText(field, before)}</td>
              <td className="max-w-72 py-1 break-words">{valueText(field, after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Personal({ entry, reading }: { entry: TrailEntry; reading: Reading }) {
  const t = useTranslations('trail');
  const trpc = useTRPC();
  const problemText = useProblemText();
  const fieldWord = useFieldWord();
  const reveal = useMutation(
    trpc.trail.reveal.mutationOptions({
      onError: (error) => void toast(problemText(error), { tone: 'danger' }),
    }),
  );
  const words = (fields: readonly string[]) => fields.map(fieldWord).join(', ');
  if (reveal.data !== undefined)
    return reveal.data.erased ? (
      <p role="status" className="text-soft">
        {t('personal', { fields: words(entry.detail.personal) })}. {t('erased')}
      </p>
    ) : (
      <div role="status">
        <Changes changes={reveal.data.changes} reading={reading} />
        {reveal.data.withheld.length > 0 && (
          <p className="mt-1 text-soft">{t('withheld', { fields: words(reveal.data.withheld) })}</p>
        )}
      </div>
    );
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span>{t('personal', { fields: words(entry.detail.personal) })}</span>
      {!entry.hasPersonal && <span className="text-soft">{t('personalNotKept')}</span>}
      {entry.hasPersonal && reading.mayReveal && (
        <>
          <Button
            size="xs"
            variant="default"
            loading={reveal.isPending}
            onClick={() => reveal.mutate({ entryId: Number(entry.id) })}
          >
            {t('reveal')}
          </Button>
          <span className="text-soft">{t('revealHint')}</span>
        </>
      )}
    </div>
  );
}
