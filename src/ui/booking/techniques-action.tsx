'use no memo';

import { useTranslations } from 'next-intl';
import { Button } from '../kit/button.tsx';

export const techniquesFormId = 'techniques';

/** The way on from the question about techniques, which stands apart from its form. */
export function TechniquesAction() {
  const t = useTranslations('booking');
  return (
    <Button type="submit" form={techniquesFormId} wide>
      {t('continue')}
    </Button>
  );
}
