'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../../i18n/use-format.ts';
import { totalsBy, type TotalLine } from '../../../domain/scheme/totals.ts';
import { useProblemText } from '../../kit/refusal-text.ts';
import { Section } from '../../kit/section.tsx';
import { Bone, Loading } from '../../kit/skeletons.tsx';
import { FailureState } from '../../kit/states.tsx';
import { useTRPC } from '../../trpc/client.ts';
import { useDrawingWords } from '../card/words.ts';
import type { Choice } from './choices.ts';

interface Row {
  key: string;
  line: TotalLine;
  left: number;
  right: number;
  isSum: boolean;
}

const keyOf = ({ productId, unit, region }: TotalLine): string => JSON.stringify([productId, unit, region]);

/** Each product with its sum, and below it its regions; in hundredths of its unit on either side. */
function rowsOf(left: readonly TotalLine[], right: readonly TotalLine[]): Row[] {
  const rows = (kept: readonly 'region'[]): Row[] => {
    const found = new Map<string, Row>();
    for (const side of ['left', 'right'] as const)
      for (const line of totalsBy(side === 'left' ? left : right, kept)) {
        const key = keyOf(line);
        const row = found.get(key) ?? { key, line, left: 0, right: 0, isSum: kept.length === 0 };
        found.set(key, { ...row, [side]: row[side] + line.doseHundredths });
      }
    return [...found.values()];
  };
  const byRegion = rows(['region']);
  return rows([]).flatMap((sum) => [
    sum,
    ...byRegion.filter(({ line }) => line.productId === sum.line.productId && line.unit === sum.line.unit),
  ]);
}

/** What each of two drawings gave, and how they differ. */
export function DoseTable(props: { left: Choice; right: Choice; leftName: string; rightName: string }) {
  const t = useTranslations('zones.compare');
  const tFinished = useTranslations('zones.finished');
  const words = useDrawingWords();
  const format = useFormat();
  const problem = useProblemText();
  const api = useTRPC();
  const ask = ({ schemeId, number }: Choice) =>
    api.drawings.revision.queryOptions({ schemeId, number }, { staleTime: Infinity });
  const left = useQuery(ask(props.left));
  const right = useQuery(ask(props.right));
  const error = left.error ?? right.error;
  const difference = ({ left: was, right: is, line }: Row): string => {
    if (was === is) return t('same');
    const sign = is > was ? '+' : '−';
    return `${sign}${format.number(Math.abs(is - was) / 100)} ${words.unit(line.unit)}`;
  };
  const dose = (hundredths: number, { unit }: TotalLine): string =>
    hundredths === 0 ? '—' : words.dose(hundredths, unit);
  return (
    <div className="mx-auto mt-6 max-w-[60rem]">
      <Section title={t('doses')}>
        {error !== null ? (
          <FailureState
            text={problem(error)}
            onRetry={() => void Promise.all([left.refetch(), right.refetch()])}
          />
        ) : left.data === undefined || right.data === undefined ? (
          <Loading>
            <Bone height={120} />
          </Loading>
        ) : left.data.totals.length + right.data.totals.length === 0 ? (
          <p className="text-soft">{tFinished('nothingGiven')}</p>
        ) : (
          <div className="overflow-x-auto">
            <table className="w-full border-collapse" aria-label={t('doses')}>
              <thead>
                <tr className="border-b border-line text-sm text-soft">
                  <th scope="col" className="py-2 pr-3 text-left font-medium">
                    {t('product')}
                  </th>
                  <th scope="col" className="px-3 py-2 text-right font-medium">
                    {props.leftName}
                  </th>
                  <th scope="col" className="px-3 py-2 text-right font-medium">
                    {props.rightName}
                  </th>
                  <th scope="col" className="py-2 pl-3 text-right font-medium max-sm:hidden">
                    {t('difference')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rowsOf(left.data.totals, right.data.totals).map((row) => (
                  <tr
                    key={`${row.isSum ? 'sum' : 'region'} ${row.key}`}
                    className={row.isSum ? 'border-t border-line font-medium first:border-t-0' : 'text-sm'}
                  >
                    <th
                      scope="row"
                      className={`py-1.5 pr-3 text-left ${row.isSum ? 'font-medium' : 'pl-4 font-normal'}`}
                    >
                      {row.isSum ? row.line.productName : words.region(row.line.region)}
                    </th>
                    <td className="px-3 py-1.5 text-right whitespace-nowrap">{dose(row.left, row.line)}</td>
                    <td className="px-3 py-1.5 text-right whitespace-nowrap">{dose(row.right, row.line)}</td>
                    <td
                      className={`py-1.5 pl-3 text-right whitespace-nowrap max-sm:hidden ${row.left === row.right ? 'text-soft' : ''}`}
                    >
                      {difference(row)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
    </div>
  );
}
