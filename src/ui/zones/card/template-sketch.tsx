import { pageWidthUnits, type TemplateKey } from '../../../domain/scheme/template-key.ts';
import { type SchemeTemplate, templateOf } from '../../../domain/scheme/template.ts';

/** In pixels of the screen, so that a small sketch is as clear as a large one. */
const weights: Record<SchemeTemplate['paths'][number]['weight'], number> = {
  outline: 1.1,
  feature: 0.9,
  fine: 0.6,
};

/** A template's lines alone. Loaded only where one is chosen or nothing else is there to be shown. */
export function TemplateSketch({ templateKey }: { templateKey: TemplateKey }) {
  const { paths, heightUnits } = templateOf(templateKey);
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox={`0 0 ${pageWidthUnits} ${heightUnits}`}
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="h-full w-full"
    >
      {paths.map(({ d, weight }) => (
        <path key={d} d={d} strokeWidth={weights[weight]} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
