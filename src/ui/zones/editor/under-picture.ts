import type { SchemeRecord } from '../../../domain/scheme/marks.ts';
import { svgOf } from '../../../domain/scheme/svg.ts';
import { pageWidthUnits } from '../../../domain/scheme/template-key.ts';

/** An earlier scheme's marks, faint, on paper that lets the ground through. */
export const underPicture = (records: readonly SchemeRecord[], heightUnits: number): string =>
  `data:image/svg+xml;charset=utf-8,${encodeURIComponent(
    svgOf({
      records: [],
      faded: records,
      widthUnits: pageWidthUnits,
      heightUnits,
      backdrop: { kind: 'template', paths: [] },
    }),
  )}`;
