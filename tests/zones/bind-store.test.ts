import { ArrowShapeUtil, DrawShapeUtil, TextShapeUtil, toRichText } from 'tldraw';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { recordsKey } from '../../src/domain/scheme/layout.ts';
import {
  hand,
  held,
  injection,
  meet,
  newEditor,
  PlainStore,
  recordsOf,
  shapesOf,
  stroke,
  tldrawStore,
} from './editors.ts';

const kinds = [
  ['plain objects', () => new PlainStore()],
  ['tldraw’s store', tldrawStore],
] as const;

describe.each(kinds)('a store and its document: %s', (_name, newStore) => {
  const pair = () => [newEditor(newStore()), newEditor(newStore())] as const;

  it('what one draws, the other sees, and nothing comes back', () => {
    const [anna, boris] = pair();
    hand.draw(anna, injection('one'));
    hand.draw(anna, injection('two'));
    anna.binding.flush();
    expect(anna.sent).toHaveLength(1);
    meet(anna, boris);
    expect(shapesOf(boris.store)).toEqual(shapesOf(anna.store));
    boris.binding.flush();
    expect([anna.sent.length, boris.sent.length]).toEqual([1, 0]);
  });

  it('only what changed goes out', () => {
    const [anna, boris] = pair();
    hand.draw(anna, injection('one'));
    meet(anna, boris);
    const entries = anna.doc.getMap(recordsKey).get('shape:one');
    const changed: string[][] = [];
    if (entries instanceof Y.Map)
      entries.observe((event) => changed.push([...event.keysChanged].map(String)));
    hand.move(anna, 'one', 7);
    hand.move(anna, 'one', 9);
    anna.binding.flush();
    hand.move(anna, 'one', 9);
    anna.binding.flush();
    hand.recolour(anna, 'one', 4);
    anna.binding.flush();
    expect(changed).toEqual([['place'], ['props.hue']]);
  });

  it('two who change different things of one mark both keep their change', () => {
    const [anna, boris] = pair();
    hand.draw(anna, injection('one'));
    meet(anna, boris);
    hand.move(anna, 'one', 500);
    hand.recolour(boris, 'one', 9);
    meet(anna, boris);
    for (const each of [anna, boris]) expect(held(each, 'one')).toMatchObject({ x: 500, props: { hue: 9 } });
  });

  it('a change still in the hand outlives what comes in meanwhile', () => {
    const [anna, boris] = pair();
    hand.draw(anna, injection('one'));
    meet(anna, boris);
    hand.recolour(boris, 'one', 9);
    boris.binding.flush();
    hand.move(anna, 'one', 500);
    for (const update of boris.sent) Y.applyUpdate(anna.doc, update, 'wire');
    expect(held(anna, 'one')).toMatchObject({ x: 500, props: { hue: 9 } });
    expect(recordsOf(anna.doc)['shape:one']).toMatchObject({ x: 100, props: { hue: 9 } });
    meet(anna, boris);
    expect(held(boris, 'one')).toMatchObject({ x: 500, props: { hue: 9 } });
  });

  it('whoever moves what another deleted doesn’t bring it back, also by giving the gesture up', () => {
    const [anna, boris] = pair();
    hand.draw(anna, injection('one'));
    meet(anna, boris);
    const before = held(anna, 'one');
    hand.move(anna, 'one', 500);
    hand.delete(boris, 'one');
    boris.binding.flush();
    for (const update of boris.sent) Y.applyUpdate(anna.doc, update, 'wire');
    expect(held(anna, 'one')).toBeNull();
    if (before) hand.draw(anna, before);
    meet(anna, boris);
    expect([held(anna, 'one'), held(boris, 'one')]).toEqual([null, null]);
    expect(anna.refused).toEqual([]);
  });

  it('a hostile record never reaches the editor, and one that turns hostile leaves it', () => {
    const [anna, boris] = pair();
    hand.draw(anna, injection('one'));
    hand.draw(anna, injection('two'));
    meet(anna, boris);
    const records = boris.doc.getMap(recordsKey);
    const entries = records.get('shape:one');
    boris.doc.transact(() => {
      if (entries instanceof Y.Map) entries.set('props.lot', 'A1');
      records.set('shape:evil', new Y.Map(Object.entries({ type: 'image', 'props.url': 'https://x' })));
      records.set('shape:number', 5);
      records.set('page:evil', new Y.Map(Object.entries({ type: 'injection' })));
    });
    meet(anna, boris);
    expect(Object.keys(shapesOf(anna.store))).toEqual(['shape:two']);
    expect(shapesOf(boris.store)).toEqual(shapesOf(anna.store));
    hand.move(anna, 'two', 3);
    meet(anna, boris);
    expect(held(boris, 'two')?.x).toBe(3);
  });

  it('what may not lie in a scheme goes back to what it was, and the rest of the hand’s work stays', () => {
    const [anna] = pair();
    hand.draw(anna, injection('one'));
    anna.binding.flush();
    const good = injection('one');
    const noted = { ...good, meta: { note: 'for staff' } };
    anna.store.put([noted]);
    hand.draw(anna, injection('two'));
    anna.binding.flush();
    expect(anna.refused).toEqual(['shape:one']);
    expect(held(anna, 'one')).toEqual(good);
    expect(shapesOf(anna.store)).toEqual(recordsOf(anna.doc));
    expect(Object.keys(recordsOf(anna.doc))).toEqual(['shape:one', 'shape:two']);
  });

  it('who may only watch changes nothing', () => {
    const [anna, boris] = pair();
    hand.draw(anna, injection('one'));
    meet(anna, boris);
    boris.binding.setWritable(false);
    hand.move(boris, 'one', 900);
    hand.draw(boris, injection('two'));
    hand.delete(boris, 'one');
    boris.binding.flush();
    expect(boris.sent).toEqual([]);
    expect(shapesOf(boris.store)).toEqual(shapesOf(anna.store));
  });

  it('a store opened later holds the document and nothing else', () => {
    const [anna] = pair();
    hand.draw(anna, injection('one'));
    anna.binding.flush();
    const store = newStore();
    store.put([injection('stale')]);
    const boris = newEditor(store);
    meet(anna, boris);
    expect(Object.keys(shapesOf(boris.store))).toEqual(['shape:one']);
  });

  it('a stroke is whole at every step of being drawn, however hard the pen presses', () => {
    const [anna, boris] = pair();
    const points = Array.from({ length: 70 }, (_, index) => ({ x: index, y: index / 4, z: 1.25 }));
    const pressed = stroke('one', []);
    for (let count = 0; count <= points.length; count++) {
      const segments = [{ type: 'free' as const, points: points.slice(0, count) }];
      const props = { ...pressed.props, segments, isComplete: count === points.length };
      const drawing = { ...pressed, props };
      anna.store.put([drawing]);
      meet(anna, boris);
      expect(held(boris, 'one')).toEqual(held(anna, 'one'));
      const drawn = held(boris, 'one');
      expect(drawn?.type === 'draw' && drawn.props.segments[0]?.points).toHaveLength(count);
    }
    expect(anna.refused).toEqual([]);
    expect(boris.sent).toEqual([]);
  });
});

describe('what the editor’s own tools make', () => {
  const made = [
    [
      'draw',
      DrawShapeUtil.prototype.getDefaultProps(),
      { segments: [{ type: 'free', points: [{ x: 0, y: 0, z: 0.5 }] }] },
    ],
    ['arrow', ArrowShapeUtil.prototype.getDefaultProps(), {}],
    ['text', TextShapeUtil.prototype.getDefaultProps(), { richText: toRichText('Не сегодня\nзавтра') }],
    ['text', TextShapeUtil.prototype.getDefaultProps(), {}],
  ] as const;
  it.each(made)('may lie in a scheme from its first moment: %s', (type, defaults, more) => {
    const anna = newEditor(tldrawStore());
    const record = { ...injection('one'), type, props: { ...defaults, ...more } };
    anna.store.put([record]);
    anna.binding.flush();
    expect(anna.refused).toEqual([]);
    expect(recordsOf(anna.doc)['shape:one']).toEqual(anna.store.get('shape:one'));
  });
});

describe('what a long stroke costs', () => {
  const draw = (count: number): number => {
    const anna = newEditor();
    const points = Array.from({ length: count }, (_, index) => ({
      x: Math.round(Math.sin(index / 20) * 30_000) / 100,
      y: Math.round(index * 171) / 100,
      z: 0.5,
    }));
    for (let drawn = 2; drawn <= count; drawn += 2) {
      anna.store.put([stroke('one', points.slice(0, drawn), drawn === count)]);
      anna.binding.flush();
    }
    return anna.sent.reduce((sum, update) => sum + update.length, 0);
  };

  it('grows with its length, not with the square of it', () => {
    const [short, long] = [draw(300), draw(600)];
    expect(short).toBeLessThan(25_000);
    expect(long).toBeLessThan(short * 2.5);
  });

  it('200 strokes take less than the 150 kB a scheme may take', () => {
    const anna = newEditor();
    for (let index = 0; index < 200; index++) {
      const points = Array.from({ length: 100 }, (_, at) => ({
        x: Math.round(Math.sin((at + index) / 11) * 9_000) / 100,
        y: Math.round(at * 97 + index) / 100,
        z: 0.5,
      }));
      hand.draw(anna, stroke(`stroke-number-${index}`, points.slice(0, 50)));
      anna.binding.flush();
      hand.draw(anna, stroke(`stroke-number-${index}`, points, true));
      anna.binding.flush();
    }
    expect(Y.encodeStateAsUpdateV2(anna.doc).length).toBeLessThan(150_000);
  });
});
