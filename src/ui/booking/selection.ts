/** What a client has chosen so far, as it stands in the address: reload, back and forward lose nothing. */
export const stepNames = ['place', 'service', 'techniques', 'specialist', 'time', 'details'] as const;
export type StepName = (typeof stepNames)[number];

export interface ItemChoice {
  serviceId: string;
  techniqueIds: readonly string[];
  /** A specialist's id, `any`, or empty while nobody was asked. */
  performer: string;
}

export const anyone = 'any';

export interface Selection {
  step: StepName;
  /** Which item the questions about service, techniques and specialist are about. */
  index: number;
  placeId: string | null;
  items: readonly ItemChoice[];
  /** Local day of the location, `2026-03-02`. */
  day: string | null;
  /** The appointment that holds the chosen time. */
  holdId: string | null;
}

export const emptySelection: Selection = {
  step: 'service',
  index: 0,
  placeId: null,
  items: [],
  day: null,
  holdId: null,
};

/** The most services one visit takes, as the API says. */
export const mostItems = 6;

interface Query {
  get(name: string): string | null;
  getAll(name: string): string[];
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const localDay = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const matching = (pattern: RegExp, text: string | null): string | null =>
  text !== null && pattern.test(text) ? text : null;

function readItem(text: string): ItemChoice[] {
  const [serviceId = '', performer = '', techniques = ''] = text.split('.');
  if (!id.test(serviceId)) return [];
  return [
    {
      serviceId,
      performer: performer === anyone || id.test(performer) ? performer : '',
      techniqueIds: techniques.split('_').filter((part) => id.test(part)),
    },
  ];
}

const writeItem = ({ serviceId, performer, techniqueIds }: ItemChoice): string =>
  `${serviceId}.${performer}.${techniqueIds.join('_')}`;

/** Reads an address; whatever somebody changed in it by hand and no longer fits is left out. */
export function readSelection(query: Query): Selection {
  const step = stepNames.find((name) => name === query.get('step')) ?? 'service';
  const items = query.getAll('item').slice(0, mostItems).flatMap(readItem);
  const index = Number(query.get('n') ?? 0);
  return {
    step,
    items,
    index: Number.isInteger(index) && index >= 0 && index < mostItems ? Math.min(index, items.length) : 0,
    placeId: matching(id, query.get('place')),
    day: matching(localDay, query.get('day')),
    holdId: matching(id, query.get('hold')),
  };
}

/** The address of a selection, from `?` on; what is at its beginning is left out. */
export function writeSelection(selection: Selection): string {
  const query = new URLSearchParams();
  if (selection.step !== 'service') query.set('step', selection.step);
  if (selection.index > 0) query.set('n', String(selection.index));
  for (const item of selection.items) query.append('item', writeItem(item));
  if (selection.placeId !== null) query.set('place', selection.placeId);
  if (selection.day !== null) query.set('day', selection.day);
  if (selection.holdId !== null) query.set('hold', selection.holdId);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The address that books the same again: everything answered but the time. */
export const bookAgainHref = (
  items: readonly { serviceId: string; specialistId: string; techniqueIds: readonly string[] }[],
  placeId: string,
): string =>
  `/book${writeSelection({
    ...emptySelection,
    step: 'time',
    placeId,
    items: items.map(({ serviceId, specialistId, techniqueIds }) => ({
      serviceId,
      techniqueIds,
      performer: specialistId,
    })),
  })}`;
