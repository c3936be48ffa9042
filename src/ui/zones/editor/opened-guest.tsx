'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { AppRouter } from '../../../api/root.ts';
import { templateOf } from '../../../domain/scheme/template.ts';
import { useTRPCClient } from '../../trpc/client.ts';
import type { Ground } from '../drawing/surroundings.ts';
import { DrawingSurface, useLineState } from './drawing-surface.tsx';
import { LineBanner } from './line-banner.tsx';
import { Laying } from './laying.tsx';
import type { DrawingLine } from './line.ts';
import { useLine } from './use-line.ts';

type Drawing = NonNullable<inferRouterOutputs<AppRouter>['drawings']['guest']['drawing']>;
const none: ReadonlySet<string> = new Set();

interface Opened {
  guestToken: string;
  drawing: Drawing;
  clinicName: string;
  licenseKey: string | null;
}

export function OpenedGuest(props: Opened) {
  const { guestToken } = props;
  const client = useTRPCClient();
  const line = useLine({
    schemeId: props.drawing.schemeId,
    generation: props.drawing.generation,
    owner: null,
    askTicket: () => client.drawings.guestTicket.mutate({ guestToken }),
  });
  return line === null ? <Laying /> : <GuestSurface {...props} line={line} />;
}

/** A guest's drawing: the paper, a pen where they may draw, and who else is here. */
function GuestSurface(props: Opened & { line: DrawingLine }) {
  const { drawing, line } = props;
  const t = useTranslations('zones.editor');
  const state = useLineState(line);
  const ground = useGuestGround(drawing.backdrop, props.guestToken);
  const mode = state.access?.mode ?? drawing.mode;
  return (
    <DrawingSurface
      who="guest"
      mode={mode}
      line={line}
      ground={ground}
      under={null}
      faulty={none}
      label={t('untitled')}
      licenseKey={props.licenseKey}
      products={[]}
      mirror={null}
      start={
        <div className="min-w-0 pl-2">
          <h1 className="truncate text-base leading-5 font-semibold">{props.clinicName}</h1>
          <p className="truncate text-sm text-soft">{t(`guest.${mode}`)}</p>
        </div>
      }
      end={null}
      banner={<LineBanner line={line} state={state} staff={null} mayDraw={mode === 'draw'} />}
      quick={null}
      corner={null}
      panel={null}
      onEditor={() => undefined}
    />
  );
}

/** A picture is asked for with the guest's token in a header: no token is ever part of an address. */
function useGuestGround(backdrop: Drawing['backdrop'], guestToken: string): Ground {
  const [href, setHref] = useState<string | null>(null);
  const address = backdrop.kind === 'picture' ? backdrop.address : null;
  useEffect(() => {
    if (address === null) return;
    const gone = new AbortController();
    let made: string | null = null;
    fetch(address, { headers: { authorization: `Bearer ${guestToken}` }, signal: gone.signal })
      .then(async (answer) => {
        if (!answer.ok) return;
        made = URL.createObjectURL(await answer.blob());
        setHref(made);
      })
      .catch(() => undefined);
    return () => {
      gone.abort();
      if (made) URL.revokeObjectURL(made);
    };
  }, [address, guestToken]);
  if (backdrop.kind === 'picture')
    return href === null
      ? { kind: 'template', paths: [], heightUnits: backdrop.heightUnits }
      : { kind: 'picture', href, heightUnits: backdrop.heightUnits };
  const { paths, heightUnits } = templateOf(backdrop.templateKey);
  return { kind: 'template', paths, heightUnits };
}
