/** What a mark looks like, as a few plain figures about its own place: the editor and the kept picture both draw from them. */
import type { Point } from './svg/number.ts';

/** `hue` and `ink` are the mark's own colour and the darker one of its words; `paper` is the ground. */
export type Paint = 'hue' | 'ink' | 'paper';

export interface LineFigure {
  kind: 'line';
  points: readonly Point[];
  closed: boolean;
  /** Joined by straight lines; a hand's line is smoothed instead. */
  straight: boolean;
  stroke: Paint;
  width: number;
  /** Lengths of dashes and gaps. */
  dash: readonly number[] | null;
  fill: Paint | null;
  fillOpacity: number;
}

export interface CircleFigure {
  kind: 'circle';
  x: number;
  y: number;
  radius: number;
  stroke: Paint;
  width: number;
  dash: readonly number[] | null;
  fill: Paint;
  fillOpacity: number;
}

export interface WordsFigure {
  kind: 'words';
  text: string;
  x: number;
  /** Of the baseline. */
  y: number;
  size: number;
  isBold: boolean;
  anchor: 'start' | 'middle' | 'end';
}

export type Figure = LineFigure | CircleFigure | WordsFigure;

/** Round every word lies a rim of the ground's colour, in sizes of the word: it stays legible on strokes and photographs. */
export const haloShare = 0.26;
