/** Which two drawings lie over each other, before anybody chose. */
import { describe, expect, test } from 'vitest';
import type { ListedDrawing } from '../src/ui/zones/card/types.ts';
import { choiceGroups, sidesFor } from '../src/ui/zones/compare/choices.ts';

const drawing = (schemeId: string, more: Partial<ListedDrawing> = {}): ListedDrawing => ({
  schemeId,
  title: '',
  status: 'finished',
  templateKey: 'face_front_female',
  pictureId: null,
  thumbnail: null,
  revision: 1,
  isShared: false,
  visitId: null,
  openedAt: new Date('2026-06-01T10:00:00Z'),
  openedBy: null,
  finishedAt: new Date('2026-06-01T10:30:00Z'),
  finishedBy: null,
  ...more,
});
const keysOf = (sides: ReturnType<typeof sidesFor>) => sides && [sides.left.key, sides.right.key];
const nothing = { left: null, right: null };

/** As they are listed: newest first. */
const drawings = [
  drawing('draft', { status: 'draft', revision: 0 }),
  drawing('autumn', { revision: 2 }),
  drawing('profile', { templateKey: 'face_profile_left_female' }),
  drawing('spring'),
];

describe('what can be compared', () => {
  test('is what was finished on the same template, each revision by itself', () => {
    const groups = choiceGroups(drawings);
    expect(groups.map(({ choices }) => choices.map(({ key }) => key))).toEqual([
      ['autumn.2', 'autumn.1', 'spring.1'],
    ]);
  });

  test('is nothing where there are no two', () => {
    expect(sidesFor(choiceGroups([drawing('spring')]), nothing)).toBeNull();
    expect(sidesFor([], { left: 'spring', right: null })).toBeNull();
  });
});

describe('the two sides', () => {
  const groups = choiceGroups(drawings);
  test('are the newest and the treatment before it, the earlier at the left', () => {
    expect(keysOf(sidesFor(groups, nothing))).toEqual(['spring.1', 'autumn.2']);
  });

  test('keep the one that was named, on the side of its time', () => {
    expect(keysOf(sidesFor(groups, { left: 'autumn.1', right: null }))).toEqual(['spring.1', 'autumn.1']);
    expect(keysOf(sidesFor(groups, { left: 'spring', right: null }))).toEqual(['spring.1', 'autumn.2']);
  });

  test('are as asked where both are there', () => {
    expect(keysOf(sidesFor(groups, { left: 'autumn.2', right: 'autumn.1' }))).toEqual([
      'autumn.2',
      'autumn.1',
    ]);
  });

  test('are two revisions where there is no other treatment', () => {
    const alone = choiceGroups([drawing('autumn', { revision: 2 })]);
    expect(keysOf(sidesFor(alone, nothing))).toEqual(['autumn.1', 'autumn.2']);
  });

  test('forget what isn’t there', () => {
    expect(keysOf(sidesFor(groups, { left: 'gone.1', right: 'gone' }))).toEqual(['spring.1', 'autumn.2']);
  });
});
