import { type Figure, haloShare, type Paint } from '../../../domain/scheme/figure.ts';
import { hexOfHue, inkOfHue } from '../../../domain/scheme/palette.ts';
import { smoothPath } from '../../../domain/scheme/svg/stroke-path.ts';

/** A mark's figures, in the colours the kept picture has: paper is light in either mode. */
export function FigureView({ figures, hue }: { figures: readonly Figure[]; hue: number }) {
  const colour = (paint: Paint): string =>
    paint === 'hue' ? hexOfHue(hue) : paint === 'ink' ? inkOfHue(hue) : 'var(--drawing-paper)';
  return (
    <g fill="none" strokeLinecap="round" strokeLinejoin="round">
      {figures.map((figure, index) => {
        // A mark's figures are made anew with every change of it and never change places.
        const key = `${figure.kind}-${index}`;
        switch (figure.kind) {
          case 'line':
            return (
              <path
                key={key}
                d={
                  figure.straight
                    ? `M${figure.points.map(({ x, y }) => `${x} ${y}`).join('L')}`
                    : smoothPath(figure.points, figure.closed)
                }
                stroke={colour(figure.stroke)}
                strokeWidth={figure.width}
                strokeDasharray={figure.dash?.join(' ')}
                fill={figure.fill === null ? 'none' : colour(figure.fill)}
                fillOpacity={figure.fillOpacity}
              />
            );
          case 'circle':
            return (
              <circle
                key={key}
                cx={figure.x}
                cy={figure.y}
                r={figure.radius}
                stroke={colour(figure.stroke)}
                strokeWidth={figure.width}
                strokeDasharray={figure.dash?.join(' ')}
                fill={colour(figure.fill)}
                fillOpacity={figure.fillOpacity}
              />
            );
          case 'words':
            return (
              <text
                key={key}
                x={figure.x}
                y={figure.y}
                fontSize={figure.size}
                fontWeight={figure.isBold ? 650 : 450}
                textAnchor={figure.anchor}
                fill={inkOfHue(hue)}
                stroke="var(--drawing-paper)"
                strokeWidth={figure.size * haloShare}
                paintOrder="stroke"
              >
                {figure.text}
              </text>
            );
        }
      })}
    </g>
  );
}
