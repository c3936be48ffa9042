/** What a choice comes to before a time is known. Minutes; integer minor units. The API's own figures replace it later. */
import { type Catalogue, serviceOf } from './catalogue.ts';
import { anyone, type ItemChoice } from './selection.ts';
import { performersOf, usedTechniques } from './techniques.ts';

export interface Estimate {
  minutes: number;
  /** Who takes longest. */
  mostMinutes: number;
  priceMinor: number;
  /** True where another performer, or what turns out to be needed, may cost more. */
  isFrom: boolean;
}

/** The least an item may come to over everyone who could do it. */
export function estimateItem(catalogue: Catalogue, item: ItemChoice): Estimate {
  const service = serviceOf(catalogue, item.serviceId);
  if (!service) return { minutes: 0, mostMinutes: 0, priceMinor: 0, isFrom: false };
  const used = usedTechniques(service, item.techniqueIds);
  const able = performersOf(service, item.techniqueIds).filter(
    ({ id }) => item.performer === '' || item.performer === anyone || item.performer === id,
  );
  const offers = able.length > 0 ? able : service.specialists;
  const sum = (measure: 'minutes' | 'priceMinor'): number =>
    used.reduce((total, technique) => total + technique[measure], 0);
  const prices = offers.map(({ priceMinor }) => priceMinor);
  return {
    minutes: Math.min(...offers.map(({ minutes }) => minutes)) + sum('minutes'),
    mostMinutes: Math.max(...offers.map(({ minutes }) => minutes)) + sum('minutes'),
    priceMinor: Math.min(...prices) + sum('priceMinor'),
    isFrom: service.isPriceFrom || Math.max(...prices) > Math.min(...prices),
  };
}

export const addUp = (parts: readonly Estimate[]): Estimate => ({
  minutes: parts.reduce((sum, { minutes }) => sum + minutes, 0),
  mostMinutes: parts.reduce((sum, { mostMinutes }) => sum + mostMinutes, 0),
  priceMinor: parts.reduce((sum, { priceMinor }) => sum + priceMinor, 0),
  isFrom: parts.some(({ isFrom }) => isFrom),
});
