import { useTranslations } from 'next-intl';
import { useFormat } from '../../../i18n/use-format.ts';
import { totalsBy, type TotalLine } from '../../../domain/scheme/totals.ts';
import { Icon } from '../../kit/icons.tsx';
import { PageHeader } from '../../kit/page-header.tsx';
import { Section } from '../../kit/section.tsx';
import { PlainImage } from '../../pictures/plain-image.tsx';
import { BackLink } from '../../visits-portal/visit-page.tsx';
import { Paper } from '../card/paper.tsx';
import { useDrawingWords } from '../card/words.ts';
import type { OwnDrawingView } from './types.ts';

const byDose = (one: TotalLine, other: TotalLine): number => other.doseHundredths - one.doseHundredths;

/** One drawing as its client sees it: the picture, and in plain words what was given and where. */
export function OwnDrawing({ drawing, zone }: { drawing: OwnDrawingView; zone: string }) {
  const t = useTranslations('zones.portal');
  const words = useDrawingWords();
  const format = useFormat();
  const date = format.date(drawing.finishedAt, zone);
  return (
    <div className="mx-auto max-w-160">
      <BackLink href="/me/drawings" label={t('all')} />
      <PageHeader
        title={
          <span className="block first-letter:uppercase">{format.longDay(drawing.finishedAt, zone)}</span>
        }
        lead={
          <>
            {words.template(drawing)}
            {drawing.specialistName !== null && ` · ${t('by', { name: drawing.specialistName })}`}
          </>
        }
      />
      <div className="flex flex-col gap-6">
        <Paper>
          <PlainImage
            src={drawing.pictures.svg}
            alt={t('picture', { date })}
            className="block h-auto w-full"
          />
        </Paper>
        <Section title={t('given')}>
          {drawing.totals.length === 0 ? (
            <p className="text-soft">{t('nothingGiven')}</p>
          ) : (
            <ul className="divide-y divide-line">
              {totalsBy(drawing.totals, []).map((sum) => (
                <li key={`${sum.productId} ${sum.unit}`} className="py-3 first:pt-0 last:pb-0">
                  <p className="flex items-baseline gap-3">
                    <span className="min-w-0 flex-1 font-medium break-words">{sum.productName}</span>
                    <span data-tabular className="font-semibold whitespace-nowrap">
                      {t(`units.${sum.unit}`, { dose: format.number(sum.doseHundredths / 100) })}
                    </span>
                  </p>
                  <dl className="mt-1 text-sm text-soft">
                    {totalsBy(
                      drawing.totals.filter(
                        ({ productId, unit }) => productId === sum.productId && unit === sum.unit,
                      ),
                      ['region'],
                    )
                      .toSorted(byDose)
                      .map((line) => (
                        <div key={line.region ?? ''} className="flex items-baseline gap-3 py-0.5">
                          <dt className="min-w-0 flex-1">{words.region(line.region)}</dt>
                          <dd data-tabular className="whitespace-nowrap">
                            {t(`units.${line.unit}`, { dose: format.number(line.doseHundredths / 100) })}
                          </dd>
                        </div>
                      ))}
                  </dl>
                </li>
              ))}
            </ul>
          )}
        </Section>
        <p data-print="hide">
          <a
            href={drawing.pictures.pdf}
            className="kit-control inline-flex items-center justify-center gap-2 rounded-md border border-line-strong bg-surface px-4 text-base font-semibold text-ink no-underline hover:bg-hover max-sm:w-full"
          >
            <Icon name="download" size={18} />
            {t('pdf')}
          </a>
        </p>
      </div>
    </div>
  );
}
