'use client';

import { SegmentedControl } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../../i18n/use-format.ts';
import type { TemplateKey } from '../../../domain/scheme/template-key.ts';
import { useProblemText } from '../../kit/refusal-text.ts';
import { CheckField } from '../../kit/text-field.tsx';
import { useTRPC } from '../../trpc/client.ts';
import { editorHref } from './address.ts';
import { BackdropButton, BackdropGroup } from './backdrop-button.tsx';
import { type Figure, figures, useFigure } from './figure.ts';
import { OwnPictures } from './own-pictures.tsx';
import { templateGroups } from './template-groups.ts';
import { TemplateSketch } from './template-sketch.tsx';
import type { ListedDrawing } from './types.ts';

export type ChosenBackdrop =
  | { kind: 'template'; templateKey: TemplateKey }
  | { kind: 'picture'; pictureId: string; title: string };

const keyOf = (backdrop: ChosenBackdrop): string =>
  backdrop.kind === 'template' ? backdrop.templateKey : backdrop.pictureId;

/** What to draw on: one press opens the drawing. */
export function ChooseBackdrop(props: {
  clientId: string;
  visitId: string | null;
  drawings: readonly ListedDrawing[];
  zone: string;
}) {
  const t = useTranslations('zones.card');
  const format = useFormat();
  const api = useTRPC();
  const router = useRouter();
  const problem = useProblemText();
  const [figure, setFigure] = useFigure();
  const [isUnder, setUnder] = useState(false);
  const { clientId, visitId, drawings, zone } = props;
  const open = useMutation(api.drawings.open.mutationOptions());
  /** Busy also while the page of the drawing is on its way. */
  const [opening, setOpening] = useState<string | null>(null);
  const templates = useQuery(api.pictures.list.queryOptions(undefined, { staleTime: 60_000 }));
  const photographs = useQuery(api.pictures.photographs.queryOptions({ clientId }, { staleTime: 60_000 }));

  const finished = drawings.filter(({ revision }) => revision > 0);
  const lastOn = (backdrop: ChosenBackdrop): ListedDrawing | null =>
    finished.find(({ templateKey, pictureId }) => (templateKey ?? pictureId) === keyOf(backdrop)) ?? null;
  const beneath = (backdrop: ChosenBackdrop): string | null => {
    const last = isUnder ? lastOn(backdrop) : null;
    return last && t('choose.underDate', { date: format.date(last.finishedAt ?? last.openedAt, zone) });
  };

  function choose(backdrop: ChosenBackdrop) {
    if (opening !== null) return;
    setOpening(keyOf(backdrop));
    open.mutate(
      {
        clientId,
        visitId,
        backdrop:
          backdrop.kind === 'template'
            ? { kind: 'template', templateKey: backdrop.templateKey }
            : { kind: 'picture', pictureId: backdrop.pictureId },
        title: backdrop.kind === 'picture' ? backdrop.title : '',
        underSchemeId: isUnder ? (lastOn(backdrop)?.schemeId ?? null) : null,
      },
      {
        onSuccess: ({ schemeId }) => router.push(editorHref(schemeId)),
        onError: () => setOpening(null),
      },
    );
  }

  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <SegmentedControl<Figure>
          aria-label={t('choose.figure')}
          value={figure}
          onChange={setFigure}
          data={figures.map((value) => ({ value, label: t(`choose.${value}`) }))}
        />
        {finished.length > 0 && (
          <CheckField
            label={t('choose.under')}
            hint={t('choose.underText')}
            checked={isUnder}
            onChange={(event) => setUnder(event.currentTarget.checked)}
          />
        )}
      </div>
      {open.error !== null && (
        <p role="alert" className="rounded-md bg-danger-soft px-4 py-3 text-danger">
          {problem(open.error)}
        </p>
      )}
      {templateGroups(figure).map(({ name, views }) => (
        <BackdropGroup key={name} title={t(`choose.${name}`)}>
          {views.map(({ view, templateKey }) => {
            const backdrop: ChosenBackdrop = { kind: 'template', templateKey };
            return (
              <BackdropButton
                key={templateKey}
                name={t(`choose.views.${view}`)}
                detail={beneath(backdrop)}
                busy={opening === templateKey}
                disabled={opening !== null}
                onChoose={() => choose(backdrop)}
              >
                <TemplateSketch templateKey={templateKey} />
              </BackdropButton>
            );
          })}
        </BackdropGroup>
      ))}
      <OwnPictures
        title={t('choose.own')}
        pictures={(templates.data ?? []).filter(({ isActive }) => isActive)}
        opening={opening}
        beneath={beneath}
        onChoose={choose}
      />
      <OwnPictures
        title={t('choose.photographs')}
        pictures={(photographs.data?.photographs ?? []).filter(({ isActive }) => isActive)}
        opening={opening}
        beneath={beneath}
        onChoose={choose}
      />
      {(templates.isError || photographs.isError) && (
        <p className="text-sm text-soft">{t('choose.failed')}</p>
      )}
    </div>
  );
}
