'use client';

import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '../../../api/root.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Section } from '../../kit/section.tsx';
import { finishedHref } from '../card/address.ts';
import { useDrawingWords } from '../card/words.ts';

type RegionDose = inferRouterOutputs<AppRouter>['drawings']['regions']['doses'][number];

/** Of each product: its unit, its sum, and the largest single dose, which fills a bar. */
function productsOf(doses: readonly RegionDose[]) {
  const products = new Map<string, { dose: RegionDose; sum: number; most: number }>();
  for (const dose of doses) {
    const key = `${dose.productId} ${dose.unit}`;
    const known = products.get(key) ?? { dose, sum: 0, most: 0 };
    products.set(key, {
      dose: known.dose,
      sum: known.sum + dose.doseHundredths,
      most: Math.max(known.most, dose.doseHundredths),
    });
  }
  return products;
}

/** What one region was given, latest first, each day with a bar against the largest of its product. */
export function RegionDoses({ region, doses }: { region: string; doses: readonly RegionDose[] }) {
  const t = useTranslations('zones.regionsPage');
  const words = useDrawingWords();
  const format = useFormat();
  const products = productsOf(doses);
  return (
    <Section title={words.region(region)} lead={doses.length === 0 ? t('nothingHere') : undefined}>
      {doses.length > 0 && (
        <table className="w-full border-collapse" aria-label={t('chosen')}>
          <thead>
            <tr className="border-b border-line text-sm text-soft">
              <th scope="col" className="py-2 pr-3 text-left font-medium">
                {t('date')}
              </th>
              <th scope="col" className="px-3 py-2 text-left font-medium max-sm:hidden">
                {t('product')}
              </th>
              <th scope="col" className="px-3 py-2 text-right font-medium max-sm:hidden">
                {t('marks')}
              </th>
              <th scope="col" className="py-2 pl-3 text-right font-medium">
                {t('dose')}
              </th>
            </tr>
          </thead>
          <tbody>
            {doses.map((dose) => {
              const most = products.get(`${dose.productId} ${dose.unit}`)?.most ?? dose.doseHundredths;
              return (
                <tr key={`${dose.schemeId} ${dose.productId} ${dose.unit}`} className="border-b border-line">
                  <td className="py-2 pr-3 align-top whitespace-nowrap">
                    <Link
                      href={finishedHref(dose.schemeId)}
                      className="inline-flex min-h-8 items-center text-accent underline underline-offset-2 pointer-coarse:min-h-11"
                    >
                      {format.date(new Date(`${dose.givenOn}T00:00:00Z`), 'UTC')}
                    </Link>
                    <span className="block max-w-40 text-sm whitespace-normal text-soft sm:hidden">
                      {dose.productName}
                    </span>
                  </td>
                  <td className="px-3 py-2 align-top leading-8 max-sm:hidden">{dose.productName}</td>
                  <td className="px-3 py-2 text-right align-top leading-8 max-sm:hidden">
                    {format.number(dose.markCount)}
                  </td>
                  <td className="py-2 pl-3 text-right align-top leading-8 whitespace-nowrap">
                    {words.dose(dose.doseHundredths, dose.unit)}
                    <span aria-hidden="true" className="ml-auto block h-1 w-24 rounded-full bg-sunken">
                      <span
                        className="ml-auto block h-full rounded-full bg-accent"
                        style={{ width: `${(dose.doseHundredths / most) * 100}%` }}
                      />
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            {[...products].map(([key, { dose, sum }]) => (
              <tr key={key} className="font-medium">
                <th scope="row" colSpan={3} className="py-2 pr-3 text-left font-medium max-sm:hidden">
                  {t('total')}: {dose.productName}
                </th>
                <th scope="row" className="py-2 pr-3 text-left font-medium sm:hidden">
                  {t('total')}: {dose.productName}
                </th>
                <td className="py-2 pl-3 text-right whitespace-nowrap">{words.dose(sum, dose.unit)}</td>
              </tr>
            ))}
          </tfoot>
        </table>
      )}
    </Section>
  );
}
