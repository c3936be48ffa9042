/** Which questions a selection has, and where somebody stands among them. */
import { type Catalogue, serviceOf } from './catalogue.ts';
import type { ItemChoice, Selection, StepName } from './selection.ts';
import { chosenOf, hasChoice, openGroups, performersOf } from './techniques.ts';

/** The questions in order. A service without anything to choose has no question about techniques. */
export function stepsOf(catalogue: Catalogue, selection: Selection): StepName[] {
  const item = selection.items[selection.index];
  const service = item && serviceOf(catalogue, item.serviceId);
  const asksTechniques = selection.step === 'techniques' || service === undefined || hasChoice(service);
  const all: StepName[] = ['place', 'service', 'techniques', 'specialist', 'time', 'details'];
  return all.filter(
    (step) =>
      (step !== 'place' || catalogue.locations.length > 1) && (step !== 'techniques' || asksTechniques),
  );
}

/** The first question about an item that has no answer; null where all have. */
function openQuestion(catalogue: Catalogue, item: ItemChoice): StepName | null {
  const service = serviceOf(catalogue, item.serviceId);
  if (!service) return 'service';
  if (openGroups(service, item.techniqueIds).length > 0) return 'techniques';
  return item.performer === '' ? 'specialist' : null;
}

/** The item without what the catalogue no longer has. */
function mended(catalogue: Catalogue, item: ItemChoice): ItemChoice[] {
  const service = serviceOf(catalogue, item.serviceId);
  if (!service) return [];
  const techniqueIds = chosenOf(service, item.techniqueIds);
  const able = performersOf(service, techniqueIds).map(({ id }) => id);
  const keeps = item.performer === 'any' || able.includes(item.performer);
  return [{ ...item, techniqueIds, performer: keeps ? item.performer : '' }];
}

/**
 * A selection that can be shown: what is no longer sold is left out, and nobody stands behind a question that is open.
 * An old bookmark, a shared address and a changed price list all lead to the first thing still to be asked.
 */
export function settled(catalogue: Catalogue, selection: Selection): Selection {
  const places = catalogue.locations;
  const [first] = places;
  const place =
    places.find(({ id }) => id === selection.placeId) ?? (places.length === 1 ? first : undefined);
  const items = selection.items.flatMap((item) => mended(catalogue, item));
  const index = Math.min(selection.index, items.length);
  const base = { ...selection, items, index, placeId: place?.id ?? null };
  if (!place && places.length > 1) return { ...base, step: 'place' };
  if (selection.step === 'place') return places.length > 1 ? base : { ...base, step: 'service' };
  if (selection.step === 'service') return base;
  if (items.length === 0) return { ...base, step: 'service', index: 0 };
  if (selection.step === 'techniques' || selection.step === 'specialist') {
    const item = items[index];
    if (!item) return { ...base, step: 'service' };
    const open = openQuestion(catalogue, item);
    return selection.step === 'specialist' && open === 'techniques' ? { ...base, step: 'techniques' } : base;
  }
  for (const [at, item] of items.entries()) {
    const step = openQuestion(catalogue, item);
    if (step) return { ...base, step, index: at };
  }
  if (selection.step === 'details' && selection.holdId === null) return { ...base, step: 'time' };
  return base;
}

/** What comes after an answer about one item. */
export function stepAfter(catalogue: Catalogue, item: ItemChoice, step: 'service' | 'techniques'): StepName {
  const service = serviceOf(catalogue, item.serviceId);
  return step === 'service' && service && hasChoice(service) ? 'techniques' : 'specialist';
}
