import type { IconName } from '../kit/icons.tsx';

export interface Place<Label> {
  href: string;
  label: Label;
  icon: IconName;
  /** Further addresses whose pages belong to it. */
  also?: string;
}

/** Whether a page lies at or below a place. */
export const isWithin = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`);
