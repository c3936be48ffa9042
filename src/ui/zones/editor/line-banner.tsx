'use client';

import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '../../kit/button.tsx';
import { Banner } from './banner.tsx';
import type { DrawingLine, LineState } from './line.ts';

const ends = {
  otherGeneration: 'otherGeneration',
  revoked: 'revoked',
  unauthenticated: 'revoked',
  forbidden: 'forbidden',
  notFound: 'notFound',
  tooLarge: 'tooLarge',
  refused: 'refused',
  closed: 'finished',
  goingAway: 'connectionLost',
  tooSlow: 'connectionLost',
  tooMany: 'connectionLost',
} as const;

/** What the page is told of the drawing's state, and the way on from there. Nothing while all is well. */
export function LineBanner(props: {
  line: DrawingLine;
  state: LineState;
  /** Null for guests, who have no other page. */
  staff: { cardHref: string; finishedHref: string } | null;
  mayDraw: boolean;
}) {
  const t = useTranslations('zones.editor');
  const { state, line, staff } = props;
  if (state.ended !== null)
    return (
      <Banner
        icon={state.ended === 'closed' ? 'check' : 'info'}
        tone={state.ended === 'closed' ? 'neutral' : 'attention'}
        actions={
          state.ended === 'otherGeneration' || state.ended === 'refused' || state.ended === 'tooMany' ? (
            <Button kind="secondary" onClick={() => window.location.reload()}>
              {t('closed.reopen')}
            </Button>
          ) : (
            staff && (
              <ButtonLink
                kind="secondary"
                href={state.ended === 'closed' ? staff.finishedHref : staff.cardHref}
              >
                {t(state.ended === 'closed' ? 'closed.open' : 'closed.card')}
              </ButtonLink>
            )
          )
        }
      >
        {t(`closed.${ends[state.ended]}`)}
      </Banner>
    );
  if (state.hasFound)
    return (
      <Banner
        icon="history"
        tone="attention"
        actions={
          <>
            <Button kind="secondary" onClick={() => line.leaveFound()}>
              {t('found.leave')}
            </Button>
            <Button onClick={() => line.takeFound()}>{t('found.take')}</Button>
          </>
        }
      >
        {t('found.title')}
      </Banner>
    );
  if (state.keeping === 'offline')
    return (
      <Banner icon="offline" tone="attention">
        {t('closed.connectionLost')}
      </Banner>
    );
  if (!props.mayDraw && staff && state.access !== null)
    return (
      <Banner icon="lock" tone="neutral">
        {t('closed.readOnly')}
      </Banner>
    );
  return null;
}
