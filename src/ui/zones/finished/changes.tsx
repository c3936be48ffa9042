'use client';

import { useTranslations } from 'next-intl';
import type { ChangedRecord } from '../../../domain/scheme/difference.ts';
import { isMark, type SchemeRecord } from '../../../domain/scheme/marks.ts';
import { Section } from '../../kit/section.tsx';
import { StatusMark, type Tone } from '../../kit/status-mark.tsx';
import { useDrawingWords } from '../card/words.ts';
import { useMarkWords } from './mark-words.ts';
import type { Revision } from './types.ts';
import { useRegions } from './use-regions.ts';

type Kind = 'added' | 'removed' | 'changed';
const tones: Record<Kind, Tone> = { added: 'settled', removed: 'danger', changed: 'attention' };
const icons = { added: 'plus', removed: 'close', changed: 'edit' } as const;

/** What a correction changed, mark by mark, with why. */
export function Changes({ revision }: { revision: Revision }) {
  const t = useTranslations('zones.finished');
  const { difference, before } = revision;
  const regionOf = useRegions(revision.backdrop);
  const { region: regionWord } = useDrawingWords();
  const whereOf = (record: SchemeRecord | undefined): string | null => {
    const region = record && isMark(record) ? regionOf(record) : null;
    return region == null ? null : regionWord(region);
  };
  if (difference === null || before === null) return null;
  const was = new Map(before.records.map((record) => [record.id, record]));
  const is = new Map(revision.records.map((record) => [record.id, record]));
  const { added, removed, changed } = difference;
  const counts = { added: added.length, removed: removed.length, changed: changed.length };
  return (
    <Section
      title={t('changesOf', { number: revision.number - 1 })}
      lead={revision.reason === null ? undefined : t('reasonOf', { reason: revision.reason })}
    >
      <p className="mb-2 flex flex-wrap gap-1.5">
        {(['added', 'removed', 'changed'] as const).map(
          (kind) =>
            counts[kind] > 0 && (
              <StatusMark key={kind} tone={tones[kind]} icon={icons[kind]}>
                {t(kind, { count: counts[kind] })}
              </StatusMark>
            ),
        )}
      </p>
      <ul className="divide-y divide-line">
        {added.map((id) => (
          <Change
            key={id}
            kind="added"
            before={null}
            after={is.get(id) ?? null}
            where={whereOf(is.get(id))}
          />
        ))}
        {removed.map((id) => (
          <Change
            key={id}
            kind="removed"
            before={was.get(id) ?? null}
            after={null}
            where={whereOf(was.get(id))}
          />
        ))}
        {changed.map((change) => (
          <Change
            key={change.id}
            kind="changed"
            before={was.get(change.id) ?? null}
            after={is.get(change.id) ?? null}
            where={whereOf(is.get(change.id))}
            fields={change.fields}
          />
        ))}
      </ul>
    </Section>
  );
}

function Change(props: {
  kind: Kind;
  before: SchemeRecord | null;
  after: SchemeRecord | null;
  where: string | null;
  fields?: ChangedRecord['fields'];
}) {
  const t = useTranslations('zones.finished');
  const words = useMarkWords();
  const record = props.after ?? props.before;
  if (record === null) return null;
  const [was, is] = [props.before && words.givenOf(props.before), props.after && words.givenOf(props.after)];
  const given = is ?? was;
  const fields = props.fields?.filter((field) => field !== 'dose' || was === null || is === null) ?? [];
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-2">
      <span className="w-20 shrink-0 text-sm text-soft">{t(`${props.kind}One`)}</span>
      <span className="min-w-0 flex-1 basis-48">
        {props.where ?? words.nameOf(record)}
        <span className="text-soft">
          {props.where !== null && ` · ${words.nameOf(record)}`}
          {given !== null && ` · ${given.product}`}
        </span>
        {fields.length > 0 && (
          <span className="block text-sm text-soft">
            {fields.map((field) => t(`fields.${field}`)).join(', ')}
          </span>
        )}
      </span>
      {given !== null && (
        <span data-tabular className="whitespace-nowrap">
          {props.kind === 'changed' && was !== null && is !== null && was.dose !== is.dose ? (
            t('doseChange', { before: was.dose, after: is.dose })
          ) : props.kind === 'removed' ? (
            <del>{given.dose}</del>
          ) : (
            given.dose
          )}
        </span>
      )}
    </li>
  );
}
