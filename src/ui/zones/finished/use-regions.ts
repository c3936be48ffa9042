'use client';

import { useQuery } from '@tanstack/react-query';
import type { Mark } from '../../../domain/scheme/marks.ts';
import { templateKey } from '../../../domain/scheme/template-key.ts';
import type { Revision } from './types.ts';

/** The region of a mark; undefined until the template's map has come, which is loaded after the page. */
export function useRegions(backdrop: Revision['backdrop']): (mark: Mark) => string | null | undefined {
  const key = backdrop.kind === 'template' ? templateKey.parse(backdrop.templateKey) : null;
  const { data } = useQuery({
    queryKey: ['template-map', key],
    staleTime: Infinity,
    queryFn: async () => {
      const { regionOf, templateOf } = await import('../../../domain/scheme/template.ts');
      const template = key === null ? null : templateOf(key);
      return { of: (mark: Mark) => regionOf(template, mark) };
    },
  });
  return (mark) => data?.of(mark);
}
