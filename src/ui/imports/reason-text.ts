'use client';

import { useMessages, useTranslations } from 'next-intl';
import type { AreaMessages } from '../../i18n/types.ts';

type ReasonCode = Exclude<keyof AreaMessages['imports']['reasons'], 'other'>;
type FieldName = keyof AreaMessages['imports']['fields'];

/** Words for why a row is what it is, from "reason" or "reason:field". */
export function useReasonText(): (reason: string) => string {
  const t = useTranslations('imports');
  const { imports } = useMessages();
  const isReason = (text: string): text is ReasonCode =>
    Object.hasOwn(imports.reasons, text) && text !== 'other';
  const isField = (text: string): text is FieldName => Object.hasOwn(imports.fields, text);
  return (reason) => {
    const [code = '', field = ''] = reason.split(':');
    if (!isReason(code)) return t('reasons.other', { reason });
    return t(`reasons.${code}`, { field: isField(field) ? t(`fields.${field}`) : field });
  };
}
