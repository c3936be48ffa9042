import { useTranslations } from 'next-intl';
import { totalsBy, type TotalLine } from '../../../domain/scheme/totals.ts';
import { useDrawingWords } from '../card/words.ts';

export interface NamedLot {
  lotId: string;
  number: string;
  /** The last local day on which it may be used, YYYY-MM-DD. */
  expiresOn: string;
}

/** Of one product the largest first; the nameless last. */
const byDose = (one: TotalLine, other: TotalLine): number => other.doseHundredths - one.doseHundredths;

/** What was given: each product with its sum, where, and from which lots. */
export function Totals(props: {
  lines: readonly TotalLine[];
  lots: readonly NamedLot[];
  /** Theme hue of a product's marks. */
  hueOf: (productId: string) => number;
}) {
  const t = useTranslations('zones.finished');
  const words = useDrawingWords();
  if (props.lines.length === 0) return <p className="text-soft">{t('nothingGiven')}</p>;
  const lotName = (lotId: string | null): string => {
    const lot = props.lots.find((each) => each.lotId === lotId);
    return lot === undefined ? t('noLot') : t('lot', { number: lot.number });
  };
  return (
    <ul className="flex flex-col divide-y divide-line">
      {totalsBy(props.lines, []).map((sum) => {
        const own = props.lines.filter(
          ({ productId, unit }) => productId === sum.productId && unit === sum.unit,
        );
        return (
          <li key={`${sum.productId} ${sum.unit}`} className="py-4 first:pt-0 last:pb-0">
            <h3 className="flex items-baseline gap-2 font-medium">
              <span
                aria-hidden="true"
                className="size-3 shrink-0 self-center rounded-full"
                style={{ backgroundColor: `var(--hue-${props.hueOf(sum.productId)})` }}
              />
              <span className="min-w-0 flex-1 break-words">{sum.productName}</span>
              <span data-tabular className="text-lg font-semibold whitespace-nowrap">
                {words.dose(sum.doseHundredths, sum.unit)}
              </span>
            </h3>
            <dl className="mt-1.5 pl-5 text-sm">
              {totalsBy(own, ['region'])
                .toSorted(byDose)
                .map((line) => (
                  <Line
                    key={line.region ?? ''}
                    name={words.region(line.region)}
                    detail={t('markCount', { count: line.markCount })}
                    dose={words.dose(line.doseHundredths, line.unit)}
                  />
                ))}
            </dl>
            <dl className="mt-1.5 border-t border-dashed border-line pt-1.5 pl-5 text-sm">
              {totalsBy(own, ['lotId'])
                .toSorted(byDose)
                .map((line) => (
                  <Line
                    key={line.lotId ?? ''}
                    name={lotName(line.lotId)}
                    soft={line.lotId === null}
                    dose={words.dose(line.doseHundredths, line.unit)}
                  />
                ))}
            </dl>
          </li>
        );
      })}
    </ul>
  );
}

function Line(props: { name: string; detail?: string; dose: string; soft?: boolean }) {
  return (
    <div className="flex items-baseline gap-2 py-0.5">
      <dt className={`min-w-0 flex-1 ${props.soft === true ? 'text-soft' : ''}`}>
        {props.name}
        {props.detail !== undefined && <span className="text-soft"> · {props.detail}</span>}
      </dt>
      <dd data-tabular className="whitespace-nowrap">
        {props.dose}
      </dd>
    </div>
  );
}
