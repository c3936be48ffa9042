'use client';

import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '../../kit/button.tsx';
import { Banner } from './banner.tsx';
import type { DrawingLine, Ended, LineState } from './line.ts';

const reopened: ReadonlySet<Ended> = new Set<Ended>(['closed', 'otherGeneration', 'refused']);

/** What the page is told of the drawing's state, and the way on from there. Nothing while all is well. */
export function LineBanner(props: {
  line: DrawingLine;
  state: LineState;
  /** Null for guests, who have no other page. */
  staff: { cardHref: string } | null;
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
          reopened.has(state.ended) ? (
            // The page finds out by itself where it leads now.
            <Button kind="secondary" onClick={() => window.location.reload()}>
              {t(state.ended === 'closed' ? 'closed.open' : 'closed.reopen')}
            </Button>
          ) : (
            staff && (
              <ButtonLink kind="secondary" href={staff.cardHref}>
                {t('closed.card')}
              </ButtonLink>
            )
          )
        }
      >
        {t(`closed.${state.ended}`)}
      </Banner>
    );
  if (state.hasEarlier)
    return (
      <Banner
        icon="history"
        tone="attention"
        actions={
          <Button kind="secondary" onClick={() => line.forgetEarlier()}>
            {t('found.forget')}
          </Button>
        }
      >
        {t('found.earlier')}
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
