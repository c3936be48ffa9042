/** Records of a scheme, whole ones, for the tests of what is made from them. */
import fc from 'fast-check';
import type { Given, SchemeRecord } from '../../src/domain/scheme/marks.ts';

type Type = SchemeRecord['type'];
type Of<T extends Type> = Extract<SchemeRecord, { type: T }>;
type Around = Partial<Pick<SchemeRecord, 'x' | 'y' | 'rotation' | 'opacity' | 'index' | 'isLocked'>>;

export const toxin = '0b7c1f6e-5a44-4d57-9a3e-2f1f5f6f7a10';
export const filler = '1c8d2f7f-6b55-4e68-8b4f-3a2a6a7b8b21';

export const given = (dose: number, unit: 'U' | 'ml' = 'U'): NonNullable<Given> => ({
  productId: unit === 'U' ? toxin : filler,
  productName: unit === 'U' ? 'Botulinum toxin A' : 'Hyaluronic acid',
  dose,
  unit,
});

const around = (id: string, more: Around) => ({
  id: `shape:${id}`,
  typeName: 'shape' as const,
  parentId: 'page:scheme' as const,
  index: 'a1',
  x: 500,
  y: 400,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
  ...more,
});

export const injection = (
  id: string,
  more: Around = {},
  props: Partial<Of<'injection'>['props']> = {},
): Of<'injection'> => ({
  ...around(id, more),
  type: 'injection',
  props: { given: given(4), hue: 3, depth: null, tool: 'needle', ...props },
});

export const area = (
  id: string,
  more: Around = {},
  props: Partial<Of<'area'>['props']> = {},
): Of<'area'> => ({
  ...around(id, more),
  type: 'area',
  props: {
    points: [
      { x: -60, y: -40 },
      { x: 60, y: -40 },
      { x: 60, y: 40 },
      { x: -60, y: 40 },
    ],
    technique: 'laser',
    label: '',
    settings: '',
    passes: 1,
    given: null,
    hue: 2,
    ...props,
  },
});

export const path = (
  id: string,
  more: Around = {},
  props: Partial<Of<'path'>['props']> = {},
): Of<'path'> => ({
  ...around(id, more),
  type: 'path',
  props: {
    points: [
      { x: 0, y: 0 },
      { x: 50, y: 0 },
      { x: 100, y: 0 },
    ],
    kind: 'cannula',
    given: null,
    hue: 1,
    depth: null,
    ...props,
  },
});

export const finding = (
  id: string,
  more: Around = {},
  props: Partial<Of<'finding'>['props']> = {},
): Of<'finding'> => ({
  ...around(id, more),
  type: 'finding',
  props: { kind: 'mole', label: 'mole', radius: 14, hue: 10, ...props },
});

export const draw = (
  id: string,
  more: Around = {},
  props: Partial<Of<'draw'>['props']> = {},
): Of<'draw'> => ({
  ...around(id, more),
  type: 'draw',
  props: {
    color: 'red',
    fill: 'none',
    dash: 'draw',
    size: 'm',
    segments: [
      {
        type: 'straight',
        points: [
          { x: 0, y: 0 },
          { x: 100, y: 0 },
        ],
      },
    ],
    isComplete: true,
    isClosed: false,
    isPen: false,
    scale: 1,
    ...props,
  },
});

export const arrow = (
  id: string,
  more: Around = {},
  props: Partial<Of<'arrow'>['props']> = {},
): Of<'arrow'> => ({
  ...around(id, more),
  type: 'arrow',
  props: {
    kind: 'arc',
    labelColor: 'black',
    color: 'black',
    fill: 'none',
    dash: 'draw',
    size: 'm',
    arrowheadStart: 'none',
    arrowheadEnd: 'arrow',
    font: 'draw',
    start: { x: 0, y: 0 },
    end: { x: 120, y: 0 },
    bend: 0,
    text: '',
    labelPosition: 0.5,
    scale: 1,
    elbowMidPoint: 0.5,
    ...props,
  },
});

export const paragraphs = (...lines: string[]): Of<'text'>['props']['richText'] => ({
  type: 'doc',
  content: lines.map((text) => ({
    type: 'paragraph',
    ...(text === '' ? {} : { content: [{ type: 'text', text }] }),
  })),
});

export const words = (
  id: string,
  text: string,
  more: Around = {},
  props: Partial<Of<'text'>['props']> = {},
): Of<'text'> => ({
  ...around(id, more),
  type: 'text',
  props: {
    color: 'black',
    size: 'm',
    font: 'sans',
    textAlign: 'start',
    w: 200,
    richText: paragraphs(text),
    scale: 1,
    autoSize: true,
    ...props,
  },
});

/**
 * As hands draw: curves of 60 to 150 points, one for each frame of a second or two and so a unit or two apart, with a tremble, kept to the
 * hundredth. The same ones each time.
 */
export function handStrokes(count: number): Of<'draw'>[] {
  let seed = 20_261_123;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const hundredths = (value: number): number => Math.round(value * 100) / 100;
  return Array.from({ length: count }, (_, number) => {
    let [x, y, angle, bend] = [0, 0, random() * 6.28, (random() - 0.5) * 0.12];
    const points = Array.from({ length: 60 + Math.floor(random() * 91) }, () => {
      if (random() < 0.05) bend = (random() - 0.5) * 0.2;
      angle += bend;
      const step = 0.5 + random() * 2;
      x += Math.cos(angle) * step;
      y += Math.sin(angle) * step;
      return {
        x: hundredths(x + (random() - 0.5) * 0.8),
        y: hundredths(y + (random() - 0.5) * 0.8),
        z: 0.5,
      };
    });
    const [first] = points;
    if (first) Object.assign(first, { x: 0, y: 0 });
    return draw(
      `stroke${number}`,
      {
        x: hundredths(150 + random() * 700),
        y: hundredths(150 + random() * 900),
        index: `a${String(number).padStart(4, '0')}`,
      },
      {
        segments: [{ type: 'free', points }],
        color: (['red', 'blue', 'black', 'green'] as const)[number % 4] ?? 'red',
        size: (['s', 'm', 'm', 'l'] as const)[number % 4] ?? 'm',
      },
    );
  });
}

// ── Any record ──────────────────────────────────────────────────────────────────────────────────────────────
const hundredths = (limit: number) => fc.integer({ min: -limit * 100, max: limit * 100 }).map((n) => n / 100);
const anyPoint = fc.record({ x: hundredths(2_000), y: hundredths(2_000) });
const anyPlace = fc.record({
  x: hundredths(5_000),
  y: hundredths(5_000),
  rotation: hundredths(6),
  opacity: fc.constantFrom(1, 0.5),
  index: fc.constantFrom('a1', 'a2', 'a1V'),
  isLocked: fc.boolean(),
});
const anyGiven = fc.option(
  fc.record({ dose: fc.integer({ min: 1, max: 5_000 }), unit: fc.constantFrom('U' as const, 'ml' as const) }),
);
const hue = fc.integer({ min: 1, max: 10 });
const someWords = fc.string({ maxLength: 20, unit: 'grapheme' });
const scale = fc.constantFrom(0.5, 1, 2);

/** Any record, of every kind, with that id. */
export const anyRecord = (id: string): fc.Arbitrary<SchemeRecord> =>
  anyPlace.chain((place) =>
    fc.oneof<fc.Arbitrary<SchemeRecord>[]>(
      fc
        .record({ hue, dose: anyGiven, tool: fc.constantFrom('needle' as const, 'cannula' as const) })
        .map(({ dose, ...props }) =>
          injection(id, place, { ...props, given: dose && given(dose.dose / 100, dose.unit) }),
        ),
      fc
        .record({ hue, label: someWords, points: fc.array(anyPoint, { minLength: 3, maxLength: 12 }) })
        .map((props) => area(id, place, props)),
      fc
        .record({ hue, points: fc.array(anyPoint, { minLength: 2, maxLength: 12 }) })
        .map((props) => path(id, place, props)),
      fc.record({ hue, label: someWords }).map((props) => finding(id, place, props)),
      fc
        .record({ isClosed: fc.boolean(), scale, points: fc.array(anyPoint, { maxLength: 12 }) })
        .map(({ points, ...props }) => draw(id, place, { ...props, segments: [{ type: 'free', points }] })),
      fc
        .record({ start: anyPoint, end: anyPoint, bend: hundredths(300), text: someWords, scale })
        .map((props) => arrow(id, place, props)),
      fc
        .record({ text: someWords.filter((text) => text !== ''), scale, w: fc.integer({ min: 1, max: 900 }) })
        .map(({ text, ...props }) => words(id, text, place, props)),
    ),
  );
