import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { followEditor } from '../../src/ui/zones/bind-store/editor-marks.ts';
import { type Editor, hand, held, injection, meet, newEditor, stroke } from './editors.ts';
import { type Act, Room } from './room.ts';

/** Two in one room, and a mark of Anna's that both see. */
function room(): [Editor, Editor] {
  const anna = newEditor();
  const boris = newEditor();
  hand.draw(anna, injection('one'));
  anna.binding.undo.mark();
  meet(anna, boris);
  return [anna, boris];
}
const undo = (editor: Editor) => editor.binding.undo.undo();
const redo = (editor: Editor) => editor.binding.undo.redo();
const step = (editor: Editor, ...does: (() => void)[]) => {
  editor.binding.undo.mark();
  for (const each of does) each();
  editor.binding.undo.mark();
};

describe('undo of one’s own', () => {
  it('A moves, B recolours, A undoes: B’s colour stays', () => {
    const [anna, boris] = room();
    step(anna, () => hand.move(anna, 'one', 500));
    meet(anna, boris);
    step(boris, () => hand.recolour(boris, 'one', 9));
    meet(anna, boris);
    expect(undo(anna)).toEqual({ changed: true });
    meet(anna, boris);
    for (const each of [anna, boris]) expect(held(each, 'one')).toMatchObject({ x: 100, props: { hue: 9 } });
  });

  it('never brings back what another deleted', () => {
    const [anna, boris] = room();
    step(anna, () => hand.move(anna, 'one', 500));
    meet(anna, boris);
    step(boris, () => hand.delete(boris, 'one'));
    meet(anna, boris);
    expect([undo(anna), undo(anna)]).toEqual([{ changed: false }, { changed: false }]);
    expect([redo(anna), redo(anna)]).toEqual([{ changed: false }, { changed: false }]);
    meet(anna, boris);
    expect([held(anna, 'one'), held(boris, 'one')]).toEqual([null, null]);
  });

  it('a superseded step is used up, and the one before it is left for the next press', () => {
    const [anna, boris] = room();
    step(anna, () => hand.recolour(anna, 'one', 5));
    step(anna, () => hand.move(anna, 'one', 500));
    meet(anna, boris);
    step(boris, () => hand.move(boris, 'one', 700));
    meet(anna, boris);
    expect(undo(anna)).toEqual({ changed: false });
    expect(held(anna, 'one')).toMatchObject({ x: 700, props: { hue: 5 } });
    expect(anna.binding.undo.state).toEqual({ canUndo: true, canRedo: false });
    expect(undo(anna)).toEqual({ changed: true });
    expect(held(anna, 'one')).toMatchObject({ x: 700, props: { hue: 1 } });
  });

  it('another who wrote the very same value is still the one who wrote last', () => {
    const [anna, boris] = room();
    step(anna, () => hand.recolour(anna, 'one', 5));
    meet(anna, boris);
    for (const hue of [6, 5]) {
      step(boris, () => hand.recolour(boris, 'one', hue));
      meet(anna, boris);
    }
    expect(undo(anna)).toEqual({ changed: false });
    expect(held(anna, 'one')).toMatchObject({ props: { hue: 5 } });
  });

  it('what of a step is still mine goes back, the rest stays', () => {
    const [anna, boris] = room();
    step(
      anna,
      () => hand.move(anna, 'one', 500),
      () => hand.recolour(anna, 'one', 5),
    );
    meet(anna, boris);
    step(boris, () => hand.move(boris, 'one', 700));
    meet(anna, boris);
    expect(undo(anna)).toEqual({ changed: true });
    expect(held(anna, 'one')).toMatchObject({ x: 700, props: { hue: 1 } });
    expect(redo(anna)).toEqual({ changed: true });
    expect(held(anna, 'one')).toMatchObject({ x: 700, props: { hue: 5 } });
  });

  it('a mark of mine goes with undo and comes back with redo', () => {
    const [anna, boris] = room();
    const before = held(anna, 'one');
    undo(anna);
    meet(anna, boris);
    expect(held(boris, 'one')).toBeNull();
    redo(anna);
    meet(anna, boris);
    expect(held(boris, 'one')).toEqual(before);
  });

  it('a mark of mine that another has changed stays', () => {
    const [anna, boris] = room();
    step(boris, () => hand.recolour(boris, 'one', 9));
    meet(anna, boris);
    expect(undo(anna)).toEqual({ changed: false });
    expect(held(anna, 'one')).toMatchObject({ props: { hue: 9 } });
  });

  it('what I deleted comes back as it was, and my older steps on it still go back', () => {
    const [anna, boris] = room();
    step(anna, () => hand.move(anna, 'one', 500));
    step(boris, () => hand.recolour(boris, 'one', 9));
    meet(anna, boris);
    step(anna, () => hand.delete(anna, 'one'));
    meet(anna, boris);
    undo(anna);
    meet(anna, boris);
    expect(held(boris, 'one')).toMatchObject({ x: 500, props: { hue: 9 } });
    undo(anna);
    expect(held(anna, 'one')).toMatchObject({ x: 100, props: { hue: 9 } });
  });

  it('redo doesn’t delete again what another has changed since it came back', () => {
    const [anna, boris] = room();
    step(anna, () => hand.delete(anna, 'one'));
    undo(anna);
    meet(anna, boris);
    step(boris, () => hand.recolour(boris, 'one', 9));
    meet(anna, boris);
    expect(redo(anna)).toEqual({ changed: false });
    expect(held(anna, 'one')).toMatchObject({ props: { hue: 9 } });
  });

  it('deleted by one while the other changes it: it is gone, and only who deleted it brings it back', () => {
    const [anna, boris] = room();
    step(anna, () => hand.delete(anna, 'one'));
    step(boris, () => hand.recolour(boris, 'one', 9));
    meet(anna, boris);
    expect([held(anna, 'one'), held(boris, 'one')]).toEqual([null, null]);
    expect(undo(boris)).toEqual({ changed: false });
    expect(undo(anna)).toEqual({ changed: true });
    meet(anna, boris);
    expect(held(boris, 'one')).toMatchObject({ props: { hue: 1 } });
  });

  it('a concurrent change that lost is none: my own still goes back', () => {
    const anna = newEditor(undefined, 2);
    const boris = newEditor(undefined, 1);
    hand.draw(anna, injection('one'));
    meet(anna, boris);
    step(anna, () => hand.move(anna, 'one', 500));
    step(boris, () => hand.move(boris, 'one', 700));
    meet(anna, boris);
    expect(held(boris, 'one')?.x).toBe(500);
    expect([undo(boris), undo(anna)]).toEqual([{ changed: false }, { changed: true }]);
    expect(held(anna, 'one')?.x).toBe(100);
  });

  it('one gesture is one step, however often it was sent meanwhile', () => {
    const anna = newEditor();
    const points = Array.from({ length: 100 }, (_, x) => ({ x, y: 0, z: 0.5 }));
    anna.binding.undo.mark();
    for (let count = 1; count <= 100; count++) {
      hand.draw(anna, stroke('one', points.slice(0, count), count === 100));
      anna.binding.flush();
    }
    undo(anna);
    expect([held(anna, 'one'), anna.binding.undo.state.canUndo]).toEqual([null, false]);
    redo(anna);
    expect(held(anna, 'one')).toEqual(stroke('one', points, true));
  });

  it('a gesture that was given up is no step, and the one before it goes back', () => {
    const [anna] = room();
    step(anna, () => hand.move(anna, 'one', 300));
    step(
      anna,
      () => hand.move(anna, 'one', 500),
      () => anna.binding.flush(),
      () => hand.move(anna, 'one', 300),
    );
    expect(undo(anna)).toEqual({ changed: true });
    expect(held(anna, 'one')?.x).toBe(100);
  });

  it('a new step ends what could be redone, and both are told', () => {
    const [anna] = room();
    const told: string[] = [];
    const tells = anna.binding.undo;
    tells.subscribe(() => told.push(`${tells.state.canUndo} ${tells.state.canRedo}`));
    undo(anna);
    hand.draw(anna, injection('two'));
    anna.binding.flush();
    expect(told).toEqual(['false true', 'true false']);
    expect(redo(anna)).toEqual({ changed: false });
  });

  it('goes on across a lost line', () => {
    const [anna, boris] = room();
    step(anna, () => hand.move(anna, 'one', 500));
    step(boris, () => hand.recolour(boris, 'one', 9));
    undo(anna);
    redo(anna);
    meet(anna, boris);
    undo(anna);
    meet(anna, boris);
    for (const each of [anna, boris]) expect(held(each, 'one')).toMatchObject({ x: 100, props: { hue: 9 } });
  });

  it('writes nothing while others may only watch, and keeps the step', () => {
    const [anna] = room();
    anna.binding.setWritable(false);
    expect(undo(anna)).toEqual({ changed: false });
    anna.binding.setWritable(true);
    expect(undo(anna)).toEqual({ changed: true });
  });

  it('follows the editor’s own stopping points and keys', () => {
    const [anna] = room();
    const editor = {
      markHistoryStoppingPoint: (name = 'stop') => name,
      undo: () => 'not this',
      redo: () => 'not this',
    };
    const end = followEditor(editor, anna.binding.undo);
    for (const x of [300, 500]) {
      expect(editor.markHistoryStoppingPoint('translating')).toBe('translating');
      hand.move(anna, 'one', x);
    }
    editor.undo();
    expect(held(anna, 'one')?.x).toBe(300);
    editor.redo();
    expect(held(anna, 'one')?.x).toBe(500);
    end();
    expect(editor.undo()).toBe('not this');
  });
});

describe('found by chance, kept for good', () => {
  it('a record of which part has arrived is shown as it was until the rest has', () => {
    const [anna, boris] = room();
    anna.sent.length = 0;
    for (const hue of [4, 5]) {
      hand.recolour(anna, 'one', hue);
      anna.binding.flush();
    }
    const [first, second] = anna.sent;
    if (second) Y.applyUpdate(boris.doc, second, 'wire');
    expect(held(boris, 'one')).toMatchObject({ props: { hue: 1 } });
    if (first) Y.applyUpdate(boris.doc, first, 'wire');
    expect(held(boris, 'one')).toMatchObject({ props: { hue: 5 } });
  });

  it('what was deleted while part of it was on its way comes back whole', () => {
    const [anna, boris] = room();
    boris.sent.length = 0;
    for (const hue of [4, 5]) {
      hand.recolour(boris, 'one', hue);
      boris.binding.flush();
    }
    const [first, second] = boris.sent;
    if (second) Y.applyUpdate(anna.doc, second, 'wire');
    step(anna, () => hand.delete(anna, 'one'));
    undo(anna);
    if (first) Y.applyUpdate(anna.doc, first, 'wire');
    meet(anna, boris);
    expect(held(boris, 'one')).toEqual(injection('one'));
    expect(held(anna, 'one')).toEqual(injection('one'));
  });

  it('what was changed while part of it was on its way goes back to a value', () => {
    const [anna, boris] = room();
    boris.sent.length = 0;
    for (const hue of [4, 5]) {
      hand.recolour(boris, 'one', hue);
      boris.binding.flush();
    }
    const [first, second] = boris.sent;
    if (second) Y.applyUpdate(anna.doc, second, 'wire');
    step(anna, () => hand.recolour(anna, 'one', 9));
    undo(anna);
    if (first) Y.applyUpdate(anna.doc, first, 'wire');
    meet(anna, boris);
    expect(held(anna, 'one')?.props).toHaveProperty('hue');
    expect(held(boris, 'one')).toEqual(held(anna, 'one'));
  });

  it('an undo that arrives after what it undid was only half there', () => {
    const acts: [Act['do'], number, number][] = [
      ['draw', 0, 0],
      ['redo', 0, 0],
      ['deliver', 1, 0],
      ['move', 1, 0],
      ['dose', 0, 0],
      ['mark', 0, 0],
      ['draw', 0, 0],
      ['undo', 0, 0],
      ['deliver', 1, 0],
      ['undo', 0, 0],
      ['deliver', 1, 4],
      ['mark', 1, 0],
      ['undo', 0, 0],
      ['deliver', 1, 16],
      ['deliver', 0, 0],
      ['draw', 0, 0],
      ['undo', 1, 0],
      ['delete', 0, 0],
    ];
    const several = new Room(2);
    for (const [what, who, which] of acts) several.act({ do: what, who, what: which });
    several.settle([0]);
  });

  it('what Yjs leaves waiting after updates out of order is taken in when the line asks again', () => {
    const acts: [Act['do'], number, number][] = [
      ['draw', 0, 0],
      ['undo', 0, 0],
      ['draw', 1, 0],
      ['deliver', 1, 0],
      ['undo', 1, 0],
      ['draw', 1, 0],
      ['mark', 1, 0],
      ['delete', 1, 0],
      ['undo', 1, 0],
      ['deliver', 0, 0],
      ['draw', 1, 0],
      ['mark', 1, 0],
      ['deliver', 0, 13],
      ['deliver', 0, 0],
      ['draw', 1, 0],
      ['deliver', 0, 0],
      ['delete', 0, 15],
      ['mark', 0, 0],
      ['undo', 1, 0],
      ['delete', 0, 18],
      ['flush', 0, 0],
      ['deliver', 0, 29],
      ['move', 0, 1],
      ['undo', 0, 0],
      ['undo', 1, 0],
      ['draw', 1, 30],
      ['dose', 0, 6],
      ['undo', 1, 0],
    ];
    const several = new Room(3);
    for (const [what, who, which] of acts) several.act({ do: what, who, what: which });
    several.settle([8, 36, 42, 28, 23, 10, 15, 14]);
  });
});
