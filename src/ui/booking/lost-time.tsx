'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { Button } from '../kit/button.tsx';
import { useRefusalText } from '../kit/refusal-text.ts';
import { Alternatives } from './alternatives.tsx';
import type { Offer } from './days.ts';
import type { Hold } from './use-hold.ts';

/** Somebody was quicker: three near starts instead of an error. */
export function LostTime(props: {
  hold: Hold;
  zone: string;
  onChoose: (start: Offer) => void;
  onOtherTime?: () => void;
}) {
  const t = useTranslations('booking');
  const words = useRefusalText();
  const { lost, pending } = props.hold;
  if (lost === null) return null;
  return (
    <Alternatives
      // Losing the next one too is news again.
      key={lost.startsAt}
      title={words(lost.refusal)}
      text={lost.alternatives.length === 0 ? t('lostNothingNear') : undefined}
      alternatives={lost.alternatives}
      zone={props.zone}
      pending={pending}
      onChoose={props.onChoose}
    >
      {props.onOtherTime !== undefined && (
        <Button kind="secondary" onClick={props.onOtherTime}>
          {t('otherTime')}
        </Button>
      )}
    </Alternatives>
  );
}
