/** The four marks as the editor keeps them: the same fields as `domain/scheme/marks.ts`, which the server holds every record against. */
import { type RecordProps, T, type TLBaseShape } from 'tldraw';
import {
  areaTechniques,
  depths,
  doseUnits,
  findingKinds,
  type Mark,
  type MarkType,
  pathKinds,
} from '../../../domain/scheme/marks.ts';

type PropsOf<K extends MarkType> = Extract<Mark, { type: K }>['props'];
export type MarkShape<K extends MarkType> = TLBaseShape<K, PropsOf<K>>;
export type InjectionShape = MarkShape<'injection'>;
export type AreaShape = MarkShape<'area'>;
export type PathShape = MarkShape<'path'>;
export type FindingShape = MarkShape<'finding'>;
export type AnyMarkShape = InjectionShape | AreaShape | PathShape | FindingShape;

const given = T.object({
  productId: T.string,
  productName: T.string,
  dose: T.positiveNumber,
  unit: T.literalEnum(...doseUnits),
}).nullable();
const hue = T.positiveInteger;
const depth = T.literalEnum(...depths).nullable();
const points = T.arrayOf(T.object({ x: T.number, y: T.number }));

export const injectionProps: RecordProps<InjectionShape> = {
  given,
  hue,
  depth,
  tool: T.literalEnum('needle', 'cannula'),
};
export const areaProps: RecordProps<AreaShape> = {
  points,
  technique: T.literalEnum(...areaTechniques),
  label: T.string,
  settings: T.string,
  passes: T.positiveInteger,
  given,
  hue,
};
export const pathProps: RecordProps<PathShape> = {
  points,
  kind: T.literalEnum(...pathKinds),
  given,
  hue,
  depth,
};
export const findingProps: RecordProps<FindingShape> = {
  kind: T.literalEnum(...findingKinds),
  label: T.string,
  radius: T.positiveNumber,
  hue,
};
