import { describe, expect, it } from 'vitest';
import { isMark, schemeRecord } from '../../src/domain/scheme/marks.ts';

const injection = {
  id: 'shape:one',
  typeName: 'shape',
  type: 'injection',
  parentId: 'page:scheme',
  index: 'a1',
  x: 480,
  y: 320.25,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
  props: {
    given: {
      productId: '0b7c1f6e-5a44-4d57-9a3e-2f1f5f6f7a10',
      productName: 'Botulinum toxin A',
      dose: 4,
      unit: 'U',
    },
    hue: 3,
    depth: 'intramuscular',
    tool: 'needle',
  },
};

describe('what may stand in a scheme', () => {
  it('is a mark with what was given, or with nothing yet', () => {
    const record = schemeRecord.parse(injection);
    expect(isMark(record)).toBe(true);
    expect(schemeRecord.safeParse({ ...injection, props: { ...injection.props, given: null } }).success).toBe(
      true,
    );
  });

  it.each([0.01, 0.07, 0.29, 4.35, 999.99])('takes a dose of %d as it was typed', (dose) => {
    const props = { ...injection.props, given: { ...injection.props.given, dose } };
    expect(schemeRecord.safeParse({ ...injection, props }).success).toBe(true);
  });

  it.each<[string, object]>([
    [
      'a dose finer than anybody measures',
      { props: { ...injection.props, given: { ...injection.props.given, dose: 0.125 } } },
    ],
    ['a note, or whatever else belongs beside the document', { meta: { note: 'bruises easily' } }],
    ['a lot', { props: { ...injection.props, lot: 'A1' } }],
    ['a dose of nothing', { props: { ...injection.props, given: { ...injection.props.given, dose: 0 } } }],
    ['a dose without end', { props: { ...injection.props, given: { ...injection.props.given, dose: 1e9 } } }],
    ['a place that is none', { x: Number.NaN }],
    ['another page', { parentId: 'page:other' }],
    ['an id that leads elsewhere', { id: 'shape:../../x' }],
    ['a picture from elsewhere', { type: 'image', props: { url: 'https://example.org/x.png' } }],
  ])('never %s', (_what, change) => {
    expect(schemeRecord.safeParse({ ...injection, ...change }).success).toBe(false);
  });

  it('is free drawing of plain words and strokes', () => {
    const words = (node: object) => ({
      ...injection,
      type: 'text',
      props: {
        color: 'black',
        size: 'm',
        font: 'sans',
        textAlign: 'start',
        w: 200,
        scale: 1,
        autoSize: true,
        richText: { type: 'doc', content: [{ type: 'paragraph', content: [node] }] },
      },
    });
    expect(schemeRecord.safeParse(words({ type: 'text', text: 'ask about aspirin' })).success).toBe(true);
    const link = { type: 'link', attrs: { href: 'https://example.org' } };
    expect(schemeRecord.safeParse(words({ type: 'text', text: 'here', marks: [link] })).success).toBe(false);
  });
});
