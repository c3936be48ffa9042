'use client';

import { useTranslations } from 'next-intl';
import type { Refusal } from '../../domain/refusal.ts';
import { useRefusalText } from '../kit/refusal-text.ts';

const reasons = [
  'encoding',
  'workbook',
  'empty',
  'too_many_rows',
  'too_large',
  'no_header',
  'quotes',
] as const;
type Reason = (typeof reasons)[number];
const isReason = (text: string): text is Reason => reasons.some((reason) => reason === text);

/** Words for a file that can't be read, from "reason" or "reason:detail". */
export function useUnreadableText(): (text: string) => string {
  const t = useTranslations('imports.unreadable');
  return (text) => {
    const [reason = '', detail = 'none'] = text.split(':');
    return isReason(reason) ? t(reason, { detail }) : t('workbook');
  };
}

/** Words for why an upload was refused. */
export function useUploadRefusal(): (refusal: Refusal) => string {
  const unreadable = useUnreadableText();
  const text = useRefusalText();
  return (refusal) => {
    if (refusal.code !== 'unreadable_file') return text(refusal);
    // A limit's detail is the limit itself, which the words name.
    const line = refusal.reason === 'encoding' || refusal.reason === 'quotes' ? refusal.detail : undefined;
    return unreadable(line === undefined ? refusal.reason : `${refusal.reason}:${line}`);
  };
}
