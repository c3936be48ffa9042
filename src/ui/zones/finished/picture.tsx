'use client';

import { SegmentedControl } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../../i18n/use-format.ts';
import type { SchemeRecord } from '../../../domain/scheme/marks.ts';
import { pageWidthUnits } from '../../../domain/scheme/template-key.ts';
import { CompareSlider } from '../../pictures/compare-slider.tsx';
import { OnPaper } from '../card/paper.tsx';
import { DrawingPicture } from './drawing-picture.tsx';
import type { Highlight, HighlightKind } from './highlights.tsx';
import { pictureOf } from './picture-address.ts';
import type { Revision } from './types.ts';

type View = 'after' | 'before' | 'over';

/** The picture as it was kept. Of a correction also the one before, and both over each other; what changed is framed. */
export function Picture(props: {
  revision: Revision;
  template: string;
  zone: string;
  shownId: string | null;
}) {
  const t = useTranslations('zones');
  const format = useFormat();
  const { revision, shownId } = props;
  const [view, setView] = useState<View>('after');
  const { schemeId, number, before, difference } = revision;
  const alt = (at: Date) =>
    t('finished.picture', { template: props.template, date: format.date(at, props.zone) });
  const earlier = revision.revisions.find((each) => each.number === number - 1);
  const now = { src: pictureOf(schemeId, number), alt: alt(revision.finishedAt) };
  if (before === null || difference === null || earlier === undefined)
    return <DrawingPicture {...now} highlights={shownAmong(revision.records, shownId)} />;
  const was = { src: pictureOf(schemeId, number - 1), alt: alt(earlier.finishedAt) };
  const changed = difference.changed.map(({ id }) => id);
  return (
    <div className="flex flex-col gap-3">
      <SegmentedControl<View>
        className="self-center max-sm:w-full"
        data-print="hide"
        aria-label={t('finished.view')}
        value={view}
        onChange={setView}
        data={(['after', 'before', 'over'] as const).map((value) => ({
          value,
          label: t(`finished.${value}`),
        }))}
      />
      {view === 'after' && (
        <DrawingPicture
          {...now}
          highlights={[
            ...framed(revision.records, difference.added, 'added'),
            ...framed(revision.records, changed, 'changed'),
            ...shownAmong(revision.records, shownId),
          ]}
        />
      )}
      {view === 'before' && (
        <DrawingPicture
          {...was}
          highlights={[
            ...framed(before.records, difference.removed, 'removed'),
            ...framed(before.records, changed, 'changed'),
          ]}
        />
      )}
      {view === 'over' && (
        <OnPaper>
          <CompareSlider
            mode="over"
            before={{ ...was, ...size, label: t('finished.before') }}
            after={{ ...now, ...size, label: t('finished.after') }}
            sliderLabel={t('finished.over')}
            shareText={(percent) => t('compare.share', { percent })}
          />
        </OnPaper>
      )}
    </div>
  );
}

/** Only the proportions count; both pictures are of the same template. */
const size = { widthPx: pageWidthUnits, heightPx: 1_320 };

const framed = (records: readonly SchemeRecord[], ids: readonly string[], kind: HighlightKind): Highlight[] =>
  records.filter(({ id }) => ids.includes(id)).map((record) => ({ record, kind }));

const shownAmong = (records: readonly SchemeRecord[], id: string | null): Highlight[] =>
  id === null ? [] : framed(records, [id], 'shown');
