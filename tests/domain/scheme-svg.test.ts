import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../src/domain/scheme/bounds.ts';
import { injectionRadius } from '../../src/domain/scheme/mark-look.ts';
import type { SchemeRecord } from '../../src/domain/scheme/marks.ts';
import { freeHex, hueHex, hueInkHex, outlineHex } from '../../src/domain/scheme/palette.ts';
import { type Picture, svgOf } from '../../src/domain/scheme/svg.ts';
import {
  anyRecord,
  area,
  arrow,
  draw,
  finding,
  given,
  injection,
  paragraphs,
  path,
  words,
} from '../support/scheme-records.ts';

const bare = { kind: 'template', paths: [] } as const;
const pictureOf = (records: readonly SchemeRecord[], more: Partial<Picture> = {}): string =>
  svgOf({ records, widthUnits: 1000, heightUnits: 1200, backdrop: bare, ...more });

interface Tag {
  name: string;
  attributes: Record<string, string>;
}

/** Read by a strict parser, which throws at whatever isn't well-formed. */
function read(svg: string): { tags: Tag[]; texts: string[] } {
  const tags: Tag[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => tags.push({ name, attributes }));
  parser.on('text', (text) => texts.push(text));
  parser.write(svg).close();
  return { tags, texts };
}

const allowed: Record<string, readonly string[]> = {
  svg: ['xmlns', 'width', 'height', 'viewBox'],
  rect: ['width', 'height', 'fill'],
  g: ['fill', 'stroke', 'stroke-linecap', 'stroke-linejoin', 'font-family', 'transform', 'opacity'],
  path: ['d', 'stroke', 'stroke-width', 'stroke-dasharray', 'fill', 'fill-opacity', 'opacity'],
  circle: ['cx', 'cy', 'r', 'stroke', 'stroke-width', 'stroke-dasharray', 'fill', 'fill-opacity'],
  text: [
    'x',
    'y',
    'font-size',
    'font-weight',
    'font-family',
    'text-anchor',
    'fill',
    'stroke',
    'stroke-width',
    'paint-order',
  ],
  image: ['href', 'width', 'height'],
};

function expectHarmless(svg: string): ReturnType<typeof read> {
  const picture = read(svg);
  for (const { name, attributes } of picture.tags)
    for (const [attribute, value] of Object.entries(attributes)) {
      expect(allowed[name], `${name} ${attribute}`).toContain(attribute);
      if (attribute !== 'href' && attribute !== 'xmlns' && !/^#[\da-f]{6}$/.test(value))
        expect(value).not.toMatch(/url|:|NaN|Infinity|undefined|e[+-]?\d/i);
    }
  return picture;
}

/** The colour at a place of the page, as hex. */
async function pixels(svg: string) {
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (x: number, y: number): string => {
    const from = (Math.round(y) * info.width + Math.round(x)) * info.channels;
    return `#${data.subarray(from, from + 3).toString('hex')}`;
  };
}

const zigzag = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 60 },
];

describe('every kind of record', () => {
  it('an injection point is a dot in its hue with its dose beside it', async () => {
    const svg = pictureOf([injection('i', { x: 300, y: 200 }, { hue: 5, given: given(0.25, 'ml') })]);
    expect(expectHarmless(svg).texts.join('')).toBe('0.25\u00a0ml');
    const at = await pixels(svg);
    expect(at(300, 200)).toBe(hueHex[4]);
    // Round the dot a rim, then the words: nothing of them touches it.
    for (let y = 190; y <= 210; y += 1) expect(at(300 + injectionRadius + 2, y)).toBe('#ffffff');
    const inks = Array.from({ length: 60 * 20 }, (_, n) => at(310 + (n % 60), 190 + Math.floor(n / 60)));
    expect(inks).toContain(hueInkHex[4]);
  });

  it('a cannula’s point is a ring, and one without a dose has no words', async () => {
    const svg = pictureOf([injection('i', { x: 300, y: 200 }, { hue: 5, tool: 'cannula', given: null })]);
    expect(read(svg).texts).toEqual([]);
    const at = await pixels(svg);
    expect(at(300, 200)).toBe('#ffffff');
    expect(at(300 + 5, 200)).toBe(hueHex[4]);
  });

  it('an area is a translucent region with an outline and its words', async () => {
    const svg = pictureOf([
      area('a', {}, { hue: 2, label: 'Cheek', settings: '12 J/cm²', passes: 3, given: given(1, 'ml') }),
    ]);
    expect(expectHarmless(svg).texts).toEqual(['Cheek', '1\u00a0ml', '12\u00a0J/cm²\u00a0·\u00a03×']);
    const at = await pixels(svg);
    expect(at(500, 360)).toBe(hueHex[1]);
    expect(at(445, 435)).not.toBe('#ffffff');
    expect(at(445, 435)).not.toBe(hueHex[1]);
    expect(at(430, 400)).toBe('#ffffff');
  });

  it('a path shows its entry as a ring and its end as an arrow', async () => {
    const svg = pictureOf([path('p', { x: 300, y: 300 }, { hue: 1, given: given(0.5, 'ml') })]);
    expect(expectHarmless(svg).texts).toEqual(['0.5\u00a0ml']);
    const at = await pixels(svg);
    expect(at(300, 300)).toBe('#ffffff');
    expect(at(350, 300)).toBe(hueHex[0]);
    // The barbs lie behind the tip, on either side.
    expect(at(391, 295)).toBe(hueHex[0]);
    expect(at(391, 305)).toBe(hueHex[0]);
    const turned = await pixels(
      pictureOf([path('p', { x: 300, y: 300, rotation: Math.PI / 2 }, { hue: 1, kind: 'thread' })]),
    );
    expect(turned(295, 391)).toBe(hueHex[0]);
    expect(turned(350, 300)).toBe('#ffffff');
  });

  it('a finding is a dashed circle with its label', () => {
    const { tags, texts } = expectHarmless(pictureOf([finding('f', {}, { radius: 30 })]));
    expect(texts).toEqual(['mole']);
    expect(tags.findLast(({ name }) => name === 'circle')?.attributes).toMatchObject({
      r: '30',
      stroke: hueHex[9],
    });
  });

  it('strokes have their width, dash, colour and filling', async () => {
    const segments = [{ type: 'straight' as const, points: zigzag }];
    const svg = pictureOf([
      draw('s', { x: 100, y: 100 }, { segments, size: 'xl', scale: 2, color: 'green' }),
      draw(
        'c',
        { x: 300, y: 100 },
        { segments, isClosed: true, fill: 'solid', color: 'blue', dash: 'dashed', size: 's' },
      ),
      draw('d', { x: 500, y: 100 }, { segments: [{ type: 'free', points: [{ x: 0, y: 0 }] }], size: 'xl' }),
      draw('e', {}, { segments: [] }),
    ]);
    const strokes = expectHarmless(svg).tags.filter(({ name }) => name === 'path');
    expect(strokes.map(({ attributes }) => attributes['stroke-width'])).toEqual(['3', '11', '22']);
    expect(strokes[0]?.attributes).toMatchObject({
      'stroke-dasharray': '6 6',
      'fill-opacity': '0.3',
    });
    const at = await pixels(svg);
    expect(at(150, 100 + 10)).toBe(freeHex.green);
    // A corner stays one.
    expect(at(200, 100)).toBe(freeHex.green);
    expect(at(380, 120)).not.toBe('#ffffff');
    expect(at(500, 100)).toBe(freeHex.red);
  });

  it('an arrow passes its middle at its bend, with heads and words', async () => {
    const svg = pictureOf([
      arrow('a', { x: 300, y: 300 }, { bend: 40, size: 'l' }),
      arrow('b', { x: 300, y: 500 }, { text: 'two\nlines', arrowheadStart: 'dot' }),
    ]);
    expect(expectHarmless(svg).texts).toEqual(['two', 'lines']);
    const at = await pixels(svg);
    expect(at(360, 340)).toBe(freeHex.black);
    expect(at(360, 300)).toBe('#ffffff');
    expect(at(301, 500)).not.toBe('#ffffff');
  });

  it.each(['arrow', 'triangle', 'square', 'dot', 'pipe', 'diamond', 'inverted', 'bar'] as const)(
    'an arrow may end in %s, and in nothing',
    (arrowheadEnd) => {
      for (const bend of [0, 60, -200]) {
        const count = (head: typeof arrowheadEnd | 'none') =>
          expectHarmless(pictureOf([arrow('a', {}, { arrowheadEnd: head, bend })])).tags.filter(
            ({ name }) => name === 'path',
          ).length;
        expect(count(arrowheadEnd) - count('none')).toBe(1);
      }
    },
  );

  it('text keeps its paragraphs, and is broken where a width was set', () => {
    const long = 'Ask about aspirin and about the last visit';
    const linesOf = (autoSize: boolean) =>
      read(pictureOf([words('t', '', {}, { richText: paragraphs(long, '', 'end'), autoSize })])).texts;
    expect(linesOf(true)).toEqual([long, 'end']);
    expect(linesOf(false).slice(0, -1).join(' ')).toBe(long);
    expect(linesOf(false).length).toBeGreaterThan(3);
    const oneWord = words('t', 'x'.repeat(100), {}, { autoSize: false });
    expect(read(pictureOf([oneWord])).texts.join('')).toBe('x'.repeat(100));
  });
});

describe('the whole picture', () => {
  it('lies in the order of the index, then of the id, whatever order the records come in', async () => {
    const square = (id: string, index: string, color: 'red' | 'blue' | 'green') =>
      draw(id, { index, x: 450, y: 400 }, { color, size: 'xl' });
    const records = [square('z', 'a1', 'red'), square('a', 'a1', 'blue'), square('m', 'Zz', 'green')];
    const svg = pictureOf(records);
    expect(pictureOf(records.toReversed())).toBe(svg);
    expect((await pixels(svg))(500, 400)).toBe(freeHex.red);
  });

  it('honours opacity and rotation', () => {
    const { tags } = read(pictureOf([finding('f', { opacity: 0.5, rotation: 1, x: 10.04, y: 20.05 })]));
    expect(tags.find(({ attributes }) => attributes['transform'])?.attributes).toEqual({
      transform: 'translate(10 20.1)rotate(57.3)',
      opacity: '0.5',
    });
  });

  it('shows what a correction changed, and the rest faintly; an earlier scheme beneath', async () => {
    const records = [injection('old', { x: 200 }), injection('new', { x: 600 })];
    const at = await pixels(pictureOf(records, { only: new Set(['shape:new']) }));
    expect(at(600, 400)).toBe(hueHex[2]);
    expect(at(200, 400)).not.toBe(hueHex[2]);
    expect(at(200, 400)).not.toBe('#ffffff');
    const under = await pixels(
      pictureOf([injection('new', { x: 600 })], { faded: [injection('x', { x: 200 })] }),
    );
    expect(under(200, 400)).not.toBe(hueHex[2]);
    expect(under(200, 400)).not.toBe('#ffffff');
    expect(under(600, 400)).toBe(hueHex[2]);
  });

  it('has a template’s lines or a picture behind it, and nothing from elsewhere', async () => {
    const lines = pictureOf([], {
      backdrop: {
        kind: 'template',
        paths: [
          { d: 'M0 600H1000', weight: 'outline' },
          { d: '"/><script/>', weight: 'fine' },
        ],
      },
    });
    expect(expectHarmless(lines).tags.filter(({ name }) => name === 'path')).toHaveLength(1);
    expect((await pixels(lines))(500, 600)).toBe(outlineHex);

    const png = await sharp({ create: { width: 10, height: 12, channels: 3, background: '#336699' } })
      .png()
      .toBuffer();
    const photograph = pictureOf([], {
      backdrop: { kind: 'picture', href: `data:image/png;base64,${png.toString('base64')}` },
    });
    expect((await pixels(photograph))(500, 600)).toBe('#336699');
    for (const href of [
      'https://example.org/x.png',
      'file:///etc/passwd',
      'data:image/svg+xml;base64,AAAA',
      'data:image/png;base64,AA"/>',
    ])
      expect(pictureOf([], { backdrop: { kind: 'picture', href } })).not.toContain('image');
  });
});

describe('hostile content', () => {
  const nasty = [
    '</svg><script>alert(1)</script>',
    ']]><![CDATA[<!--',
    '&amp;&lt;&#0;&entity;',
    '"\' onload="x',
    '\u202etxet\u202c\u2066x\u2069\u200f',
    'half \ud83d and \udc00 pairs',
    'nul \u0000 bell \u0007 esc \u001b del \u007f bom \ufeff not \uffff\ufffe',
    'tab\tbreak\nfeed\f\u2028line',
  ];

  it.each(nasty)('%j is words and nothing else', async (text) => {
    const records = [
      area('a', {}, { label: text, settings: text }),
      finding('f', {}, { label: text }),
      arrow('r', {}, { text }),
      words('t', text),
      injection('i', {}, { given: { ...given(1), productName: text } }),
    ];
    const svg = pictureOf(records);
    const { tags, texts } = expectHarmless(svg);
    expect(new Set(tags.map(({ name }) => name))).toEqual(
      new Set(['svg', 'rect', 'g', 'path', 'circle', 'text']),
    );
    expect(texts.join('')).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u);
    expect(texts.join('').isWellFormed()).toBe(true);
    await sharp(Buffer.from(svg)).png().toBuffer();
  });

  it('keeps the words themselves', () => {
    expect(read(pictureOf([words('t', '</svg><script> & "x"')])).texts.join('')).toBe('</svg><script> & "x"');
    expect(read(pictureOf([words('t', 'Ёлка 👩🏽 e\u0301')])).texts.join('')).toBe('Ёлка 👩🏽 e\u0301');
  });

  it('numbers that are none break nothing', async () => {
    const absurd = [Number.NaN, Infinity, -Infinity, 1e308, -1e308, 1e-320, -0];
    for (const n of absurd) {
      const points = [
        { x: n, y: n },
        { x: 0, y: n },
        { x: n, y: 5 },
        { x: n, y: n },
      ];
      const place = { x: n, y: n, rotation: n, opacity: n };
      const records = [
        injection('i', place, { hue: n, given: given(n) }),
        area('a', place, { points, hue: n, passes: n, label: 'L' }),
        path('p', place, { points, given: given(n) }),
        finding('f', place, { radius: n }),
        draw('d', place, { segments: [{ type: 'free', points }], scale: n, isClosed: true, fill: 'solid' }),
        arrow('r', place, {
          start: { x: n, y: 0 },
          end: { x: 0, y: n },
          bend: n,
          labelPosition: n,
          scale: n,
          text: 'x',
        }),
        words('t', 'x', place, { w: n, scale: n, autoSize: false }),
      ];
      const svg = pictureOf(records, { widthUnits: 1000, heightUnits: 1000 });
      expectHarmless(svg);
      await sharp(Buffer.from(svg)).png().toBuffer();
      expectHarmless(pictureOf(records, { widthUnits: n, heightUnits: n }));
      for (const record of records)
        for (const side of Object.values(boundsOf(record))) expect(Number.isFinite(side)).toBe(true);
    }
  });

  it('is well-formed and the same again for any record', () => {
    fc.assert(
      fc.property(anyRecord('one'), anyRecord('two'), (one, two) => {
        const svg = pictureOf([one, two]);
        expectHarmless(svg);
        expect(pictureOf([structuredClone(two), structuredClone(one)])).toBe(svg);
      }),
      { numRuns: 300 },
    );
  });
});
