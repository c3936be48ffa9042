import { describe, expect, it, test } from 'vitest';
import { schemeRecord } from '../../src/domain/scheme/marks.ts';
import {
  anchorOf,
  regionKeys,
  regionNameAt,
  regionOf,
  type SchemeTemplate,
  templateOf,
} from '../../src/domain/scheme/template.ts';
import { pageWidthUnits, templateKeys } from '../../src/domain/scheme/template-key.ts';
import englishWords from '../../src/messages/en/zones.json' with { type: 'json' };
import russianWords from '../../src/messages/ru/zones.json' with { type: 'json' };

type Corner = readonly [number, number];
type Polygon = readonly Corner[];

const areaOf = (polygon: Polygon): number =>
  Math.abs(
    polygon.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = polygon[(index + 1) % polygon.length] ?? [x, y];
      return sum + x * nextY - nextX * y;
    }, 0),
  ) / 2;

const turn = ([ax, ay]: Corner, [bx, by]: Corner, [cx, cy]: Corner): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

const liesOn = ([x, y]: Corner, [ax, ay]: Corner, [bx, by]: Corner): boolean =>
  turn([ax, ay], [bx, by], [x, y]) === 0 &&
  x >= Math.min(ax, bx) &&
  x <= Math.max(ax, bx) &&
  y >= Math.min(ay, by) &&
  y <= Math.max(ay, by);

/** Pairs of edges, not neighbours, that cross or touch. */
function crossings(polygon: Polygon): string[] {
  const edges = polygon.map((from, index) => [from, polygon[(index + 1) % polygon.length] ?? from] as const);
  return edges.flatMap(([a, b], one) =>
    edges.slice(one + 2).flatMap(([c, d], later) => {
      if (one === 0 && one + 2 + later === edges.length - 1) return [];
      const cross = turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
      const touch = liesOn(a, c, d) || liesOn(b, c, d) || liesOn(c, a, b) || liesOn(d, a, b);
      return cross || touch ? [[a, b, c, d].join(' ')] : [];
    }),
  );
}

const pathGrammar = /^M( -?[\d.]+){2}( C( -?[\d.]+){6}| L( -?[\d.]+){2})+( Z)?$/;
const coordinatesOf = (d: string): Corner[] => {
  const numbers = (d.match(/-?[\d.]+/g) ?? []).map(Number);
  return numbers.flatMap((x, index) => {
    const y = numbers[index + 1];
    return index % 2 === 0 && y !== undefined ? [[x, y] as const] : [];
  });
};

const isOnPage =
  ({ heightUnits }: SchemeTemplate) =>
  ([x, y]: Corner): boolean =>
    x >= 0 && x <= pageWidthUnits && y >= 0 && y <= heightUnits;

const named = (template: SchemeTemplate): Map<string, Polygon> =>
  new Map(template.regions.map(({ key, side, polygon }) => [`${key} ${side}`, polygon]));

describe.each(templateKeys)('%s', (key) => {
  const template = templateOf(key);

  it('has lines of all three weights, each of them whole and on the page', () => {
    expect(template.key).toBe(key);
    expect(new Set(template.paths.map(({ weight }) => weight))).toEqual(
      new Set(['outline', 'feature', 'fine']),
    );
    for (const { d } of template.paths) {
      expect(d).toMatch(pathGrammar);
      expect(
        coordinatesOf(d).filter((point) => !isOnPage(template)(point)),
        d,
      ).toEqual([]);
    }
  });

  it('fills the page it asks for', () => {
    const points = template.paths.flatMap(({ d }) => coordinatesOf(d));
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(template.heightUnits * 0.92);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(pageWidthUnits * 0.7);
  });

  it('has regions that are simple polygons on the page, each once', () => {
    expect(named(template).size).toBe(template.regions.length);
    for (const { key: region, side, polygon } of template.regions) {
      const name = `${region} ${side}`;
      expect(
        polygon.filter((corner) => !isOnPage(template)(corner)),
        name,
      ).toEqual([]);
      expect(areaOf(polygon), name).toBeGreaterThan(100);
      expect(crossings(polygon), name).toEqual([]);
    }
  });

  it('is the same on both sides, or the same as the template of the other side', () => {
    const mirror = template.mirrorKey === null ? template : templateOf(template.mirrorKey);
    expect(template.mirrorAxisX).toBe(template.mirrorKey === null ? pageWidthUnits / 2 : null);
    expect(mirror.heightUnits).toBe(template.heightUnits);
    const others = named(mirror);
    const otherSide = { left: 'right', right: 'left', middle: 'middle' } as const;
    for (const { key: region, side, polygon } of template.regions) {
      const other = others.get(`${region} ${otherSide[side]}`) ?? [];
      const across = polygon.map(([x, y]) => `${(pageWidthUnits - x).toFixed(1)},${y.toFixed(1)}`);
      expect(new Set(other.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`)), region).toEqual(
        new Set(across),
      );
    }
  });
});

test.each([
  ['face_three_quarter_left_female', 'face_three_quarter_right_female'],
  ['face_profile_left_male', 'face_profile_right_male'],
  ['hand_left', 'hand_right'],
  ['body_back_female', null],
] as const)('marks of %s are mirrored on to %s', (key, mirrorKey) => {
  expect(templateOf(key).mirrorKey).toBe(mirrorKey);
  if (mirrorKey !== null) expect(templateOf(mirrorKey).mirrorKey).toBe(key);
});

test('every region is on some template, and every one has words in both languages', () => {
  const used = new Set(templateKeys.flatMap((key) => templateOf(key).regions.map((region) => region.key)));
  expect([...used].sort()).toEqual([...regionKeys].sort());
  for (const words of [englishWords, russianWords]) {
    expect(Object.keys(words.regions).sort()).toEqual([...regionKeys].sort());
    expect(Object.keys(words.sides).sort()).toEqual(['left', 'middle', 'right']);
    expect(Object.keys(words.templates).sort()).toEqual([...templateKeys].sort());
  }
});

// Where points of the 468 lie on the front views, by their numbers: right of the page is the client's left.
const landmarks: [number, string, Corner, Corner][] = [
  [10, 'forehead', [500, 260], [500, 260]],
  [151, 'forehead', [500, 339], [500, 339]],
  [109, 'forehead', [426, 261], [424, 261]],
  [338, 'forehead', [574, 261], [576, 261]],
  [9, 'glabella', [500, 415], [500, 415]],
  [8, 'glabella', [500, 455], [500, 455]],
  [168, 'glabella', [500, 490], [500, 490]],
  [336, 'glabella', [555, 409], [556, 409]],
  [107, 'glabella', [445, 409], [444, 409]],
  [334, 'brow_left', [656, 405], [660, 405]],
  [105, 'brow_right', [344, 405], [340, 405]],
  [293, 'brow_left', [695, 419], [700, 419]],
  [63, 'brow_right', [305, 419], [300, 419]],
  [386, 'upper_lid_left', [624, 504], [627, 504]],
  [159, 'upper_lid_right', [376, 504], [373, 504]],
  [374, 'lower_lid_left', [624, 534], [627, 534]],
  [145, 'lower_lid_right', [376, 534], [373, 534]],
  [450, 'lower_lid_left', [628, 572], [631, 572]],
  [230, 'lower_lid_right', [372, 572], [369, 572]],
  [372, 'crows_feet_left', [751, 537], [756, 537]],
  [143, 'crows_feet_right', [249, 537], [244, 537]],
  [446, 'crows_feet_left', [702, 523], [707, 523]],
  [353, 'crows_feet_left', [718, 492], [724, 492]],
  [6, 'nose', [500, 526], [500, 526]],
  [197, 'nose', [500, 560], [500, 560]],
  [195, 'nose', [500, 591], [500, 591]],
  [5, 'nose', [500, 623], [500, 623]],
  [4, 'nose_tip', [500, 661], [500, 661]],
  [1, 'nose_tip', [500, 692], [500, 692]],
  [358, 'nose_wing_left', [570, 685], [572, 685]],
  [129, 'nose_wing_right', [430, 685], [428, 685]],
  [423, 'nasolabial_left', [590, 712], [593, 712]],
  [203, 'nasolabial_right', [410, 712], [407, 712]],
  [436, 'nasolabial_left', [633, 787], [642, 787]],
  [216, 'nasolabial_right', [367, 787], [358, 787]],
  [280, 'cheekbone_left', [686, 672], [691, 672]],
  [50, 'cheekbone_right', [314, 672], [309, 672]],
  [425, 'cheek_left', [649, 711], [654, 711]],
  [205, 'cheek_right', [351, 711], [346, 711]],
  [13, 'lip_upper', [500, 824], [500, 824]],
  [14, 'lip_lower', [500, 845], [500, 847]],
  [18, 'perioral_lower', [500, 909], [500, 916]],
  [200, 'chin', [500, 942], [500, 952]],
  [199, 'chin', [500, 980], [500, 993]],
  [152, 'chin', [500, 1038], [500, 1055]],
  [432, 'marionette_left', [640, 844], [654, 846]],
  [212, 'marionette_right', [360, 844], [346, 846]],
  [422, 'marionette_left', [621, 879], [637, 883]],
  [202, 'marionette_right', [379, 879], [363, 883]],
  [435, 'masseter_left', [748, 821], [770, 821]],
  [215, 'masseter_right', [252, 821], [230, 821]],
  [378, 'jawline_left', [617, 1003], [634, 1018]],
  [149, 'jawline_right', [383, 1003], [366, 1018]],
  [454, 'ear_left', [800, 609], [807, 609]],
  [234, 'ear_right', [200, 609], [193, 609]],
];

describe.each(['female', 'male'] as const)('a %s face from the front', (sex) => {
  const face = templateOf(`face_front_${sex}`);

  it.each(landmarks)('has landmark %i in %s', (_, region, female, male) => {
    const [x, y] = sex === 'female' ? female : male;
    expect(regionNameAt(face, x, y)).toBe(region);
  });

  it('has no hole between its regions', () => {
    const holes: Corner[] = [];
    for (let x = 260; x <= 740; x += 8)
      for (let y = 260; y <= 840; y += 8) if (regionNameAt(face, x, y) === null) holes.push([x, y]);
    expect(holes).toEqual([]);
  });

  it('has no region beside the head', () => {
    expect(regionNameAt(face, 20, 300)).toBeNull();
    expect(regionNameAt(face, 980, 300)).toBeNull();
  });
});

describe.each(['female', 'male'] as const)('a %s face from the side', (sex) => {
  const seen = (view: 'profile_left' | 'profile_right' | 'three_quarter_left'): string[] =>
    templateOf(`face_${view}_${sex}`).regions.map(({ key, side }) => `${key} ${side}`);

  it('shows of a profile only the side that is turned to us', () => {
    expect(seen('profile_left').filter((name) => name.endsWith('right'))).toEqual([]);
    expect(seen('profile_right').filter((name) => name.endsWith('left'))).toEqual([]);
    for (const region of ['crows_feet', 'temple', 'masseter', 'ear', 'jawline'])
      expect(seen('profile_left')).toContain(`${region} left`);
  });

  it('leaves out at three quarters what the head hides', () => {
    const left = seen('three_quarter_left');
    for (const hidden of ['ear', 'masseter', 'temple', 'crows_feet', 'nose_wing', 'nose_side'])
      expect(left).not.toContain(`${hidden} right`);
    for (const region of ['brow left', 'brow right', 'midface left', 'midface right', 'glabella middle'])
      expect(left).toContain(region);
  });

  it('looks to the right of the page when the right side is shown', () => {
    const tip = (view: 'profile_left' | 'profile_right'): number =>
      templateOf(`face_${view}_${sex}`).regions.find(({ key }) => key === 'nose_tip')?.polygon[0]?.[0] ?? NaN;
    expect(tip('profile_left')).toBeLessThan(300);
    expect(tip('profile_right')).toBeGreaterThan(700);
  });
});

test('a body from behind has the client’s left at the left of the page', () => {
  expect(regionNameAt(templateOf('body_front_female'), 700, 620)).toBe('upper_arm_left');
  expect(regionNameAt(templateOf('body_back_female'), 700, 620)).toBe('upper_arm_right');
  expect(regionNameAt(templateOf('body_back_male'), 250, 620)).toBe('upper_arm_left');
  expect(regionNameAt(templateOf('body_front_male'), 500, 650)).toBe('abdomen');
  expect(regionNameAt(templateOf('body_back_male'), 500, 730)).toBe('lower_back');
});

test('the back of a left hand has its thumb at the right of the page', () => {
  expect(regionNameAt(templateOf('hand_left'), 850, 640)).toBe('thumb_left');
  expect(regionNameAt(templateOf('hand_right'), 150, 640)).toBe('thumb_right');
  expect(regionNameAt(templateOf('hand_right'), 550, 850)).toBe('hand_dorsum_right');
});

const square = (from: number, to: number): Polygon => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
];

test('of regions that overlap the smallest counts, whatever their order', () => {
  const regions = [
    { key: 'forehead', side: 'middle', polygon: square(0, 100) },
    { key: 'brow', side: 'left', polygon: square(40, 60) },
    { key: 'temple', side: 'right', polygon: square(30, 90) },
  ] as const;
  for (const order of [regions, regions.toReversed()]) {
    const template = { ...templateOf('face_front_female'), regions: order };
    expect(regionNameAt(template, 50, 50)).toBe('brow_left');
    expect(regionNameAt(template, 80, 50)).toBe('temple_right');
    expect(regionNameAt(template, 10, 50)).toBe('forehead');
    expect(regionNameAt(template, 101, 50)).toBeNull();
  }
});

test('a border between neighbours belongs to exactly one of them', () => {
  const regions = [
    { key: 'forehead', side: 'middle', polygon: square(0, 50) },
    { key: 'brow', side: 'middle', polygon: square(50, 100) },
  ] as const;
  const template = { ...templateOf('face_front_female'), regions };
  expect(regionNameAt(template, 50, 50)).toBe('brow');
});

const shape = {
  typeName: 'shape',
  parentId: 'page:scheme',
  index: 'a1',
  isLocked: false,
  opacity: 1,
  meta: {},
};
const markOf = (type: string, props: object, place: { x: number; y: number; rotation?: number }) => {
  const record = schemeRecord.parse({ ...shape, id: 'shape:one', type, rotation: 0, ...place, props });
  if (record.type === 'draw' || record.type === 'arrow' || record.type === 'text') throw new Error('no mark');
  return record;
};
const injection = { given: null, hue: 3, depth: null, tool: 'needle' };
const finding = { kind: 'mole', label: '', radius: 6, hue: 3 };
const area = { technique: 'laser', label: '', settings: '', passes: 1, given: null, hue: 3 };
const path = { kind: 'cannula', given: null, hue: 3, depth: null };

describe('the anchor of a mark', () => {
  it('is the place itself of an injection and a finding', () => {
    expect(anchorOf(markOf('injection', injection, { x: 480, y: 320 }))).toEqual({ x: 480, y: 320 });
    expect(anchorOf(markOf('finding', finding, { x: 12.5, y: 7, rotation: 1 }))).toEqual({ x: 12.5, y: 7 });
  });

  it('is the entry point of a path, wherever it leads', () => {
    const points = [
      { x: 10, y: 0 },
      { x: 200, y: 300 },
    ];
    expect(anchorOf(markOf('path', { ...path, points }, { x: 100, y: 100 }))).toEqual({ x: 110, y: 100 });
    const turned = anchorOf(markOf('path', { ...path, points }, { x: 100, y: 100, rotation: Math.PI / 2 }));
    expect(turned.x).toBeCloseTo(100);
    expect(turned.y).toBeCloseTo(110);
  });

  it('is the centroid of an area, not the mean of its corners', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 2, y: 0 },
      { x: 40, y: 0 },
      { x: 40, y: 20 },
      { x: 0, y: 20 },
    ];
    for (const outline of [points, points.toReversed()]) {
      const { x, y } = anchorOf(markOf('area', { ...area, points: outline }, { x: 300, y: 500 }));
      expect(x).toBeCloseTo(320);
      expect(y).toBeCloseTo(510);
    }
  });

  it('is the mean of an area drawn along one line', () => {
    const points = [0, 30, 60].map((x) => ({ x, y: 5 }));
    expect(anchorOf(markOf('area', { ...area, points }, { x: 0, y: 0 }))).toEqual({ x: 30, y: 5 });
  });

  it('tells the region, and none without a map', () => {
    const mark = markOf('injection', injection, { x: 500, y: 430 });
    expect(regionOf(templateOf('face_front_male'), mark)).toBe('glabella');
    expect(regionOf(null, mark)).toBeNull();
  });
});
