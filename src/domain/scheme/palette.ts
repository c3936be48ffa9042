/**
 * The colours of a kept picture. It is light on paper whatever the screen shows, and stands alone, so that the theme's values are written
 * out here; tests/domain/scheme-mark-look.test.ts holds them against the styles.
 */
import type { SchemeRecord } from './marks.ts';

type FreeColour = Extract<SchemeRecord, { type: 'draw' }>['props']['color'];

/** `--hue-N`, light. */
export const hueHex = [
  '#008e89',
  '#407bc5',
  '#c34f4b',
  '#9b7300',
  '#8e62bc',
  '#478d4b',
  '#b55386',
  '#0087ab',
  '#b3621e',
  '#6c6ecb',
] as const;

/** `--hue-N-ink`, light: words about a mark of that hue. */
export const hueInkHex = [
  '#004b48',
  '#13457e',
  '#782a28',
  '#5b4404',
  '#57337a',
  '#244d26',
  '#712a50',
  '#004a62',
  '#6c380d',
  '#3d3c86',
] as const;

export const paperHex = '#ffffff';
/** `--ink` and `--line-strong`, light. */
export const inkHex = '#24211d';
export const outlineHex = '#8f877d';

/** The editor's colours for free drawing, by its names. */
export const freeHex: Record<FreeColour, string> = {
  black: '#1d1d1d',
  grey: '#98a1ab',
  'light-violet': '#dd86f0',
  violet: '#ab40c6',
  blue: '#4465e4',
  'light-blue': '#4a9fec',
  yellow: '#eeaa4a',
  orange: '#df691b',
  green: '#0b9068',
  'light-green': '#4aae5c',
  'light-red': '#f47878',
  red: '#dc3232',
  white: '#ffffff',
};

const at = (list: readonly string[], hue: number): string => list[hue - 1] ?? inkHex;

export const hexOfHue = (hue: number): string => at(hueHex, hue);
export const inkOfHue = (hue: number): string => at(hueInkHex, hue);
