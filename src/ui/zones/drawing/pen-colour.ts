/** Of the pen's colours the one nearest to a person's own. */
import type { SchemeRecord } from '../../../domain/scheme/marks.ts';

export type PenColour = Extract<SchemeRecord, { type: 'draw' }>['props']['color'];

const byHue: readonly PenColour[] = [
  'green',
  'blue',
  'red',
  'yellow',
  'violet',
  'light-green',
  'light-red',
  'light-blue',
  'orange',
  'light-violet',
];

export const penOfHue = (hue: number): PenColour => byHue[hue - 1] ?? 'blue';
