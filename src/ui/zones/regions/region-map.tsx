'use client';

import { pageWidthUnits, type TemplateKey } from '../../../domain/scheme/template-key.ts';
import { type SchemeTemplate, type TemplateRegion, templateOf } from '../../../domain/scheme/template.ts';
import { Paper } from '../card/paper.tsx';

const weights: Record<SchemeTemplate['paths'][number]['weight'], number> = {
  outline: 1.5,
  feature: 1.2,
  fine: 0.8,
};

/** As totals and doses name it: the side is part of the name, but for what lies in the middle. */
export const regionName = ({ key, side }: Pick<TemplateRegion, 'key' | 'side'>): string =>
  side === 'middle' ? key : `${key}_${side}`;

const pointsOf = ({ polygon }: TemplateRegion): string => polygon.map(([x, y]) => `${x},${y}`).join(' ');

/**
 * Where something was given, on one template: a press chooses a region. The list beside it says and does the same for keyboards and
 * screen readers, so that the map is no second row of stops.
 */
export function RegionMap(props: {
  templateKey: TemplateKey;
  label: string;
  /** Regions with something in them. */
  given: ReadonlySet<string>;
  chosen: string | null;
  onChoose: (region: string) => void;
}) {
  const { paths, regions, heightUnits } = templateOf(props.templateKey);
  // The smaller ones lie over the larger, as the map decides by itself.
  const sorted = regions.toSorted((one, other) => areaOf(other) - areaOf(one));
  return (
    <Paper className="p-2">
      <svg
        role="img"
        aria-label={props.label}
        viewBox={`0 0 ${pageWidthUnits} ${heightUnits}`}
        className="block h-auto max-h-[32rem] w-full"
      >
        {sorted.map((region) => {
          const name = regionName(region);
          const isGiven = props.given.has(name);
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the list beside it is the way for keyboards and screen readers
            <polygon
              key={name}
              points={pointsOf(region)}
              data-region={name}
              data-chosen={name === props.chosen || undefined}
              onClick={isGiven ? () => props.onChoose(name) : undefined}
              className={
                isGiven
                  ? 'cursor-pointer fill-accent/15 stroke-accent/40 hover:fill-accent/30 data-chosen:fill-accent/50 data-chosen:stroke-accent'
                  : 'fill-transparent'
              }
              strokeWidth={2}
              strokeLinejoin="round"
            />
          );
        })}
        <g
          fill="none"
          stroke="currentColor"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="pointer-events-none"
        >
          {paths.map(({ d, weight }) => (
            <path key={d} d={d} strokeWidth={weights[weight]} vectorEffect="non-scaling-stroke" />
          ))}
        </g>
      </svg>
    </Paper>
  );
}

/** By the shoelace formula; the sign says only which way round the corners go. */
const areaOf = ({ polygon }: TemplateRegion): number =>
  Math.abs(
    polygon.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = polygon[(index + 1) % polygon.length] ?? [x, y];
      return sum + x * nextY - nextX * y;
    }, 0),
  ) / 2;
