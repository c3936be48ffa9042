'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useSyncExternalStore } from 'react';
import { Bone } from '../../kit/skeletons.tsx';
import { EmptyState, FailureState } from '../../kit/states.tsx';
import { useTRPCClient } from '../../trpc/client.ts';
import { refusalOf } from '../../trpc/refusal.ts';
import { guestTokens } from './guest-token.ts';
import { JoinForm } from './join-form.tsx';
import { Laying } from './laying.tsx';

const Opened = dynamic(() => import('./opened-guest.tsx').then(({ OpenedGuest }) => OpenedGuest), {
  ssr: false,
  loading: () => <Laying />,
});

/** So often a guest's page asks whether it was let in, or what it may do now. */
const askEveryMs = 2_000;

/** A name, then the wait to be let in, then the drawing. Nothing is known of anybody else until the specialist says so. */
export function GuestDrawing(props: { inviteToken: string; licenseKey: string | null }) {
  const { inviteToken } = props;
  const guestToken = useSyncExternalStore(
    guestTokens.subscribe,
    () => guestTokens.read(inviteToken),
    () => undefined,
  );
  if (guestToken === undefined) return <Laying />;
  if (guestToken === null)
    return (
      <Plain>
        <JoinForm inviteToken={inviteToken} onJoined={(token) => guestTokens.keep(inviteToken, token)} />
      </Plain>
    );
  return <Joined guestToken={guestToken} licenseKey={props.licenseKey} />;
}

function Joined({ guestToken, licenseKey }: { guestToken: string; licenseKey: string | null }) {
  const t = useTranslations('zones.editor.guest');
  const client = useTRPCClient();
  const view = useQuery({
    queryKey: ['guest of a drawing', guestToken],
    queryFn: () => client.drawings.guest.mutate({ guestToken }),
    refetchInterval: (query) => (query.state.data?.state === 'ended' ? false : askEveryMs),
    refetchIntervalInBackground: true,
  });
  const { data } = view;
  if (data?.state === 'admitted' && data.drawing)
    return (
      <Opened
        key={`${data.drawing.schemeId} ${data.drawing.generation}`}
        guestToken={guestToken}
        drawing={data.drawing}
        clinicName={data.clinicName}
        licenseKey={licenseKey}
      />
    );
  if (data?.state === 'ended' || refusalOf(view.error)?.code === 'not_found')
    return (
      <Plain>
        <EmptyState icon="check" title={t('ended')} text={t('endedText')} />
      </Plain>
    );
  if (view.isError)
    return (
      <Plain>
        <FailureState onRetry={() => void view.refetch()} />
      </Plain>
    );
  return (
    <Plain title={data?.clinicName}>
      <EmptyState icon="clock" title={t('waitingTitle')} text={t('waitingText')}>
        <Bone height={4} width={120} />
      </EmptyState>
    </Plain>
  );
}

function Plain({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-page px-4 py-8 text-ink">
      <div className="w-full max-w-md">
        {title !== undefined && <p className="mb-2 text-center text-sm text-soft">{title}</p>}
        {children}
      </div>
    </main>
  );
}
