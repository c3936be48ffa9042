'use client';

import { SegmentedControl, Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../../i18n/use-format.ts';
import { pageWidthUnits } from '../../../domain/scheme/template-key.ts';
import { BackLink } from '../../kit/back-link.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { IconButton } from '../../kit/icon-button.tsx';
import { PageHeader } from '../../kit/page-header.tsx';
import { showAddress } from '../../kit/show-address.ts';
import { EmptyState } from '../../kit/states.tsx';
import { CompareSlider } from '../../pictures/compare-slider.tsx';
import { compareHref, drawingsHref } from '../card/address.ts';
import { OnPaper } from '../card/paper.tsx';
import type { DrawingList, DrawnClient } from '../card/types.ts';
import { useDrawings } from '../card/use-drawings.ts';
import { useDrawingWords } from '../card/words.ts';
import { pictureOf } from '../finished/picture-address.ts';
import { type Choice, type ChoiceGroup, choiceGroups, sidesFor } from './choices.ts';
import { DoseTable } from './dose-table.tsx';

/** Only the proportions count; both pictures are of the same template. */
const size = { widthPx: pageWidthUnits, heightPx: 1_320 };

/** Two finished drawings on the same template, one over the other or side by side, with what each gave. */
export function ComparePage(props: {
  client: DrawnClient;
  start: DrawingList;
  zone: string;
  left: string | null;
  right: string | null;
}) {
  const t = useTranslations('zones.compare');
  const tCard = useTranslations('zones.card');
  const words = useDrawingWords();
  const format = useFormat();
  const { client, zone } = props;
  const { schemes } = useDrawings(client.clientId, props.start);
  const [asked, setAsked] = useState({ left: props.left, right: props.right });
  const [mode, setMode] = useState<'over' | 'beside'>('over');
  const groups = choiceGroups(schemes);
  const sides = sidesFor(groups, asked);
  const head = (
    <>
      <BackLink href={drawingsHref(client.clientId)}>{tCard('pageOf', { name: client.name })}</BackLink>
      <PageHeader title={t('title')} />
    </>
  );
  if (sides === null)
    return (
      <>
        {head}
        <EmptyState icon="copy" title={t('tooFew')} text={t('tooFewText')}>
          <ButtonLink href={drawingsHref(client.clientId)} kind="secondary">
            {tCard('pageTitle')}
          </ButtonLink>
        </EmptyState>
      </>
    );
  const { group, left, right } = sides;
  const show = (next: { left: string; right: string }) => {
    setAsked(next);
    showAddress(compareHref(client.clientId, next.left, next.right), 'replace');
  };
  const dateOf = ({ drawing }: Choice): string => format.date(drawing.finishedAt ?? drawing.openedAt, zone);
  const nameOf = (choice: Choice): string =>
    choice.drawing.revision === 1
      ? dateOf(choice)
      : t('revision', { date: dateOf(choice), number: choice.number });
  const groupName = ({ choices }: ChoiceGroup): string =>
    choices[0] === undefined ? '' : words.template(choices[0].drawing);
  const choices = group.choices.map((choice) => ({
    value: choice.key,
    label: [nameOf(choice), choice.drawing.templateKey === null ? '' : choice.drawing.title]
      .filter((part) => part !== '')
      .join(' · '),
  }));
  const pictured = (choice: Choice, side: 'leftName' | 'rightName') => ({
    ...size,
    src: pictureOf(choice.schemeId, choice.number),
    alt: t(side, { name: `${groupName(group)}, ${nameOf(choice)}` }),
    label: nameOf(choice),
  });
  return (
    <>
      {head}
      <div className="mb-5 flex flex-wrap items-end gap-3">
        {groups.length > 1 && (
          <Select
            label={t('template')}
            className="w-full sm:w-72"
            allowDeselect={false}
            data={groups.map((each) => ({ value: each.key, label: groupName(each) }))}
            value={group.key}
            onChange={(key) => {
              const next = sidesFor(
                groups.filter((each) => each.key === key),
                { left: null, right: null },
              );
              if (next) show({ left: next.left.key, right: next.right.key });
            }}
          />
        )}
        <Select
          label={t('left')}
          className="min-w-0 flex-1 basis-48 sm:max-w-72"
          allowDeselect={false}
          data={choices}
          value={left.key}
          onChange={(key) =>
            key !== null && show({ left: key, right: key === right.key ? left.key : right.key })
          }
        />
        <IconButton
          icon="swap"
          label={t('swap')}
          onClick={() => show({ left: right.key, right: left.key })}
        />
        <Select
          label={t('right')}
          className="min-w-0 flex-1 basis-48 sm:max-w-72"
          allowDeselect={false}
          data={choices}
          value={right.key}
          onChange={(key) =>
            key !== null && show({ left: key === left.key ? right.key : left.key, right: key })
          }
        />
        <SegmentedControl<'over' | 'beside'>
          className="max-sm:w-full"
          aria-label={t('how')}
          value={mode}
          onChange={setMode}
          data={(['over', 'beside'] as const).map((value) => ({ value, label: t(value) }))}
        />
      </div>
      <OnPaper>
        <CompareSlider
          mode={mode}
          before={pictured(left, 'leftName')}
          after={pictured(right, 'rightName')}
          sliderLabel={t('over')}
          shareText={(percent) => t('share', { percent })}
        />
      </OnPaper>
      <DoseTable left={left} right={right} leftName={nameOf(left)} rightName={nameOf(right)} />
    </>
  );
}
