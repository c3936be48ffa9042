/** The templates that come with the product: lines to draw on, and the region map every structured mark is named by. */
import type { Mark } from './marks.ts';
import {
  type Side,
  type TemplatePath,
  type TemplateRegion,
  turnedOver,
  type Unfolded,
  unfold,
} from './template-drawing.ts';
import { pageWidthUnits, type TemplateKey, templateKeys } from './template-key.ts';
import { bodyBackFemale } from './templates/body-back-female.ts';
import { bodyBackMale } from './templates/body-back-male.ts';
import { bodyFrontFemale } from './templates/body-front-female.ts';
import { bodyFrontMale } from './templates/body-front-male.ts';
import { faceFrontFemale } from './templates/face-front-female.ts';
import { faceFrontMale } from './templates/face-front-male.ts';
import { faceProfileFemale } from './templates/face-profile-female.ts';
import { faceProfileMale } from './templates/face-profile-male.ts';
import { faceThreeQuarterFemale } from './templates/face-three-quarter-female.ts';
import { faceThreeQuarterMale } from './templates/face-three-quarter-male.ts';
import { hand } from './templates/hand.ts';

export { type RegionKey, regionKeys } from './region-key.ts';
export type { TemplatePath, TemplateRegion } from './template-drawing.ts';

export interface SchemeTemplate {
  key: TemplateKey;
  heightUnits: number;
  paths: readonly TemplatePath[];
  regions: readonly TemplateRegion[];
  /** x of the axis marks are mirrored at within this template; null where left and right lie on another template. */
  mirrorAxisX: number | null;
  /** Where mirrored marks go when not on this one; there x counts from the other edge of the page. */
  mirrorKey: TemplateKey | null;
}

/** What is drawn from the left; its right is the same turned over. */
const threeQuarterFemale = unfold(faceThreeQuarterFemale);
const threeQuarterMale = unfold(faceThreeQuarterMale);
const profileFemale = unfold(faceProfileFemale);
const profileMale = unfold(faceProfileMale);
const handLeft = unfold(hand);

const drawings: Record<TemplateKey, Unfolded> = {
  face_front_female: unfold(faceFrontFemale),
  face_front_male: unfold(faceFrontMale),
  face_three_quarter_left_female: threeQuarterFemale,
  face_three_quarter_left_male: threeQuarterMale,
  face_three_quarter_right_female: turnedOver(threeQuarterFemale),
  face_three_quarter_right_male: turnedOver(threeQuarterMale),
  face_profile_left_female: profileFemale,
  face_profile_left_male: profileMale,
  face_profile_right_female: turnedOver(profileFemale),
  face_profile_right_male: turnedOver(profileMale),
  body_front_female: unfold(bodyFrontFemale),
  body_front_male: unfold(bodyFrontMale),
  body_back_female: unfold(bodyBackFemale),
  body_back_male: unfold(bodyBackMale),
  hand_left: handLeft,
  hand_right: turnedOver(handLeft),
};

/** Of a template that shows one side: that of the other side. */
function oppositeOf(key: TemplateKey): TemplateKey | null {
  const name = key.replace(/_(left|right)(?=_|$)/, (_, side) => (side === 'left' ? '_right' : '_left'));
  return templateKeys.find((other) => other === name && other !== key) ?? null;
}

const templates = new Map(
  templateKeys.map((key): [TemplateKey, SchemeTemplate] => {
    const mirrorKey = oppositeOf(key);
    return [
      key,
      { key, ...drawings[key], mirrorKey, mirrorAxisX: mirrorKey === null ? pageWidthUnits / 2 : null },
    ];
  }),
);

export function templateOf(key: TemplateKey): SchemeTemplate {
  const template = templates.get(key);
  if (!template) throw new Error(`no template ${key}`);
  return template;
}

interface Place {
  x: number;
  y: number;
}
type Polygon = TemplateRegion['polygon'];

function twiceArea(polygon: Polygon): number {
  let sum = 0;
  let [fromX, fromY] = polygon.at(-1) ?? [0, 0];
  for (const [x, y] of polygon) {
    sum += fromX * y - x * fromY;
    [fromX, fromY] = [x, y];
  }
  return Math.abs(sum);
}

/** A border between two regions belongs to one of them, never to both. Asked for every mark as people draw: makes nothing anew. */
function isWithin(polygon: Polygon, x: number, y: number): boolean {
  let within = false;
  let from = polygon.at(-1);
  for (const to of polygon) {
    if (
      from &&
      from[1] > y !== to[1] > y &&
      x < from[0] + ((to[0] - from[0]) * (y - from[1])) / (to[1] - from[1])
    )
      within = !within;
    from = to;
  }
  return within;
}

const regionName = (key: string, side: Side): string => (side === 'middle' ? key : `${key}_${side}`);

/** `glabella`, `crows_feet_left`; null outside every region. The smallest region wins where they overlap. */
export function regionNameAt(template: SchemeTemplate, x: number, y: number): string | null {
  let found: TemplateRegion | null = null;
  for (const region of template.regions) {
    if (!isWithin(region.polygon, x, y)) continue;
    if (found === null || twiceArea(region.polygon) < twiceArea(found.polygon)) found = region;
  }
  return found && regionName(found.key, found.side);
}

/** The middle of what the points enclose; of points that enclose nothing, their mean. */
function centroidOf(points: readonly Place[]): Place {
  const first = points[0] ?? { x: 0, y: 0 };
  let [area, x, y] = [0, 0, 0];
  points.forEach((from, index) => {
    const to = points[(index + 1) % points.length] ?? from;
    const cross = (from.x - first.x) * (to.y - first.y) - (to.x - first.x) * (from.y - first.y);
    area += cross;
    x += (from.x + to.x - 2 * first.x) * cross;
    y += (from.y + to.y - 2 * first.y) * cross;
  });
  if (Math.abs(area) > 1e-6) return { x: first.x + x / (3 * area), y: first.y + y / (3 * area) };
  const mean = (of: (point: Place) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / Math.max(points.length, 1);
  return { x: mean((point) => point.x), y: mean((point) => point.y) };
}

function anchorWithin(mark: Mark): Place {
  switch (mark.type) {
    case 'injection':
    case 'finding':
      return { x: 0, y: 0 };
    case 'path':
      return mark.props.points[0] ?? { x: 0, y: 0 };
    case 'area':
      return centroidOf(mark.props.points);
  }
}

/** Where a mark is, in page units: an injection or finding at its place, a path at its entry point, an area at its centroid. */
export function anchorOf(mark: Mark): Place {
  const { x, y } = anchorWithin(mark);
  const [sin, cos] = [Math.sin(mark.rotation), Math.cos(mark.rotation)];
  return { x: mark.x + x * cos - y * sin, y: mark.y + x * sin + y * cos };
}

/** The region a mark is counted in; null on a photograph, which has no map, and outside every region. */
export function regionOf(template: SchemeTemplate | null, mark: Mark): string | null {
  if (template === null) return null;
  const { x, y } = anchorOf(mark);
  return regionNameAt(template, x, y);
}
