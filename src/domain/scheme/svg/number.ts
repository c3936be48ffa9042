/** Numbers of a picture: tenths of a unit, whatever they were before. */
export interface Point {
  x: number;
  y: number;
}

const farthest = 100_000;

/** Never NaN, never endless: what is no number is nothing, what is absurd is far away. */
export function sane(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(farthest, Math.max(-farthest, value));
}

export const tenthsOf = (value: number): number => Math.round(sane(value) * 10);

/** -5 tenths are “-.5”: a path of many points is a third shorter so. */
export function shownTenths(tenths: number): string {
  const text = String(tenths / 10);
  return text.replace(/^(-?)0\./, '$1.');
}

/** As an attribute's value. */
export const shown = (value: number): string => shownTenths(tenthsOf(value) + 0);

/** Parts of one: opacity. */
export const shownShare = (value: number): string =>
  String(Math.round(Math.min(1, Math.max(0, sane(value))) * 100) / 100);

/** Radians as degrees, fine enough that the far end of a line stays where it is. */
export const shownDegrees = (radians: number): string =>
  String(Math.round(((sane(radians) * 180) / Math.PI) * 100) / 100 + 0);
