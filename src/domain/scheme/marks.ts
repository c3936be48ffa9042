/**
 * What may stand in a scheme: shapes of the editor, whole and strict. A joined client receives every record: lots, prices and notes for
 * the staff are kept beside the document, by mark id. Coordinates are page units (1,000 wide), angles radians.
 */
import { z } from 'zod';

const finite = z.number().min(-100_000).max(100_000);
const point = z.strictObject({ x: finite, y: finite });
/** Of the clinic's catalogue; a mark keeps the name it was drawn with. */
const productId = z.uuid();
const themeHue = z.number().int().min(1).max(10);
/** What is finished is written down as text, and that holds no NUL. */
const words = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !text.includes('\0'));
const label = words(80);
/** With two places at most, in the product's own unit. */
const dose = z.number().gt(0).max(1_000).multipleOf(0.01);

export const doseUnits = ['U', 'ml'] as const;
export type DoseUnit = (typeof doseUnits)[number];
export const depths = [
  'epidermal',
  'intradermal',
  'subcutaneous',
  'intramuscular',
  'supraperiosteal',
] as const;
export type Depth = (typeof depths)[number];
export const findingKinds = ['scar', 'mole', 'bruise', 'vessel', 'other'] as const;
export const areaTechniques = [
  'laser',
  'peel',
  'filler_fan',
  'microneedling',
  'radiofrequency',
  'other',
] as const;
export const pathKinds = ['cannula', 'thread'] as const;

/** What was given: null where the mark only says where. Given as a whole or not at all. */
const given = z
  .strictObject({ productId, productName: label.min(1), dose, unit: z.enum(doseUnits) })
  .nullable();
export type Given = z.output<typeof given>;

/** Points relative to the shape's own place, at most as many as a hand draws in a minute. */
const outline = z.array(point).max(2_000);

export const markProps = {
  injection: z.strictObject({
    given,
    hue: themeHue,
    depth: z.enum(depths).nullable(),
    tool: z.enum(['needle', 'cannula']),
  }),
  area: z.strictObject({
    points: outline.min(3),
    technique: z.enum(areaTechniques),
    label,
    /** Of the device, as the specialist writes them: “12 J/cm², 10 mm”. */
    settings: words(120),
    passes: z.number().int().min(1).max(50),
    given,
    hue: themeHue,
  }),
  /** Drawn from the entry point on: the order of the points is the direction. */
  path: z.strictObject({
    points: outline.min(2),
    kind: z.enum(pathKinds),
    given,
    hue: themeHue,
    depth: z.enum(depths).nullable(),
  }),
  finding: z.strictObject({
    kind: z.enum(findingKinds),
    label,
    radius: z.number().min(2).max(200),
    hue: themeHue,
  }),
} as const;
export type MarkType = keyof typeof markProps;
export const markTypes = Object.keys(markProps) as MarkType[];

// ── Free drawing, as the editor keeps it ────────────────────────────────────────────────────────────────────
const colour = z.enum([
  'black',
  'grey',
  'light-violet',
  'violet',
  'blue',
  'light-blue',
  'yellow',
  'orange',
  'green',
  'light-green',
  'light-red',
  'red',
  'white',
]);
const fill = z.enum(['none', 'semi', 'solid', 'pattern', 'fill']);
const dash = z.enum(['draw', 'solid', 'dashed', 'dotted']);
const size = z.enum(['s', 'm', 'l', 'xl']);
const font = z.enum(['draw', 'sans', 'serif', 'mono']);
const scale = z.number().gt(0).max(20);
const arrowhead = z.enum([
  'arrow',
  'triangle',
  'square',
  'dot',
  'pipe',
  'diamond',
  'inverted',
  'bar',
  'none',
]);

/** A pen's pressure, `z`, reaches a quarter beyond a whole: the editor adds that to what the device tells. */
export const segment = z.strictObject({
  type: z.enum(['free', 'straight']),
  points: z
    .array(z.strictObject({ x: finite, y: finite, z: z.number().min(0).max(1.25).optional() }))
    .max(4_000),
});

/** Plain text only: paragraphs of words. Links, pictures and whatever else an editor may hold are refused. */
export const richText = z.strictObject({
  type: z.literal('doc'),
  attrs: z.strictObject({ dir: z.enum(['auto', 'ltr', 'rtl']).nullish() }).optional(),
  content: z
    .array(
      z.strictObject({
        type: z.literal('paragraph'),
        attrs: z.strictObject({ dir: z.enum(['auto', 'ltr', 'rtl']).nullish() }).optional(),
        content: z
          .array(
            z.union([
              z.strictObject({ type: z.literal('text'), text: words(500).min(1) }),
              z.strictObject({ type: z.literal('hardBreak') }),
            ]),
          )
          .max(50)
          .optional(),
      }),
    )
    .max(50),
});

export const freeProps = {
  draw: z.strictObject({
    color: colour,
    fill,
    dash,
    size,
    segments: z.array(segment).max(200),
    isComplete: z.boolean(),
    isClosed: z.boolean(),
    isPen: z.boolean(),
    scale,
  }),
  arrow: z.strictObject({
    kind: z.literal('arc'),
    labelColor: colour,
    color: colour,
    fill,
    dash,
    size,
    arrowheadStart: arrowhead,
    arrowheadEnd: arrowhead,
    font,
    start: point,
    end: point,
    bend: finite,
    text: words(500),
    labelPosition: z.number().min(0).max(1),
    scale,
    elbowMidPoint: z.number().min(0).max(1),
  }),
  text: z.strictObject({
    color: colour,
    size,
    font,
    textAlign: z.enum(['start', 'middle', 'end']),
    w: z.number().gt(0).max(5_000),
    richText,
    scale,
    autoSize: z.boolean(),
  }),
} as const;

/** Drawn freely: it says nothing of what was given. */
export const isFreeType = (type: unknown): boolean =>
  typeof type === 'string' && Object.hasOwn(freeProps, type);

/** A shape lies on the one page, in no group and bound to nothing; who drew it is known by the server, never told by the record. */
const shape = <T extends string, P extends z.ZodType>(type: T, props: P) =>
  z.strictObject({
    id: z.string().regex(/^shape:[\w-]{1,64}$/),
    typeName: z.literal('shape'),
    type: z.literal(type),
    parentId: z.literal('page:scheme'),
    /** A fractional index of the editor: order from below. */
    index: z.string().regex(/^[\w]{1,120}$/),
    x: finite,
    y: finite,
    rotation: z.number().min(-7).max(7),
    isLocked: z.boolean(),
    opacity: z.number().min(0).max(1),
    meta: z.strictObject({}),
    props,
  });

export const schemeRecord = z.discriminatedUnion('type', [
  shape('injection', markProps.injection),
  shape('area', markProps.area),
  shape('path', markProps.path),
  shape('finding', markProps.finding),
  shape('draw', freeProps.draw),
  shape('arrow', freeProps.arrow),
  shape('text', freeProps.text),
]);
export type SchemeRecord = z.output<typeof schemeRecord>;
export type Mark = Extract<SchemeRecord, { type: MarkType }>;

export const isMark = (record: SchemeRecord): record is Mark => record.type in markProps;

/** So many records a scheme holds; a consultation draws some dozens. */
export const maxRecords = 5_000;
