'use client';

import { Button } from '@mantine/core';
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '../../api/root.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { useDeviceName } from './device-name.ts';

type Data = inferRouterOutputs<AppRouter>['people']['presence'];
type Session = Data['sessions'][number];
const ways = ['password', 'second_factor', 'pin', 'proof'] as const;

/** What is said once something has been ended, and that the lists are read again. */
function useAnswers(readAgain: () => Promise<void>) {
  const t = useTranslations('access');
  const problemText = useProblemText();
  const settle = {
    onError: (error: unknown) => void toast(problemText(error), { tone: 'danger' }),
    onSettled: readAgain,
  };
  return {
    ended: {
      ...settle,
      onSuccess: ({ ended }: { ended: number }) => void toast(t('sessionsEnded', { count: ended })),
    },
    forgotten: { ...settle, onSuccess: () => void toast(t('forgotten')) },
  };
}

/** Where a colleague is signed in, and the browsers that know them. */
export function StaffPresence({ accountId, zone }: { accountId: string; zone: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const presence = useQuery(trpc.people.presence.queryOptions({ accountId }));
  const { ended, forgotten } = useAnswers(() =>
    queries.invalidateQueries(trpc.people.presence.queryFilter({ accountId })),
  );
  const end = useMutation(trpc.people.endSessions.mutationOptions(ended));
  const forget = useMutation(trpc.people.forgetDevice.mutationOptions(forgotten));
  return (
    <Presence
      presence={presence}
      zone={zone}
      backHref="/settings/people"
      pending={end.isPending}
      onEnd={(sessionId) => end.mutate({ accountId, sessionId })}
      onForget={(deviceId) => forget.mutate({ accountId, deviceId })}
    />
  );
}

/** The same of the client with this card. */
export function ClientPresence({ clientId, zone }: { clientId: string; zone: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const presence = useQuery(trpc.clientAccounts.presence.queryOptions({ clientId }));
  const { ended, forgotten } = useAnswers(() =>
    queries.invalidateQueries(trpc.clientAccounts.presence.queryFilter({ clientId })),
  );
  const end = useMutation(trpc.clientAccounts.endSessions.mutationOptions(ended));
  const forget = useMutation(trpc.clientAccounts.forgetDevice.mutationOptions(forgotten));
  return (
    <Presence
      presence={presence}
      zone={zone}
      backHref={`/clients/${clientId}`}
      pending={end.isPending}
      onEnd={(sessionId) => end.mutate({ clientId, sessionId })}
      onForget={(deviceId) => forget.mutate({ clientId, deviceId })}
    />
  );
}

function Presence(props: {
  presence: UseQueryResult<Data, unknown>;
  zone: string;
  backHref: string;
  pending: boolean;
  /** Null ends all. */
  onEnd: (sessionId: string | null) => void;
  onForget: (deviceId: string) => void;
}) {
  const t = useTranslations('access');
  const { zone, onEnd, onForget } = props;
  return (
    <Answered query={props.presence} shape="list" backHref={props.backHref}>
      {({ sessions, devices, mayEnd }) => (
        <div className="flex flex-col gap-6">
          <Section
            title={t('sessions')}
            lead={t('sessionsLead')}
            actions={
              mayEnd &&
              sessions.some(({ isCurrent }) => !isCurrent) && (
                <Button size="xs" variant="default" loading={props.pending} onClick={() => onEnd(null)}>
                  {t('endAll')}
                </Button>
              )
            }
          >
            {sessions.length === 0 ? (
              <p className="text-soft">{t('sessionsNone')}</p>
            ) : (
              <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
                {sessions.map((session) => (
                  <SessionRow
                    key={session.id}
                    session={session}
                    zone={zone}
                    onEnd={mayEnd ? () => onEnd(session.id) : null}
                  />
                ))}
              </ul>
            )}
          </Section>
          <Section title={t('devices')} lead={t('devicesLead')}>
            {devices.length === 0 ? (
              <p className="text-soft">{t('devicesNone')}</p>
            ) : (
              <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
                {devices.map((device) => (
                  <DeviceRow
                    key={device.id}
                    device={device}
                    zone={zone}
                    onForget={mayEnd ? () => onForget(device.id) : null}
                  />
                ))}
              </ul>
            )}
          </Section>
        </div>
      )}
    </Answered>
  );
}

const rowClass = 'flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2';

function SessionRow(props: { session: Session; zone: string; onEnd: (() => void) | null }) {
  const t = useTranslations('access');
  const format = useFormat();
  const deviceName = useDeviceName();
  const { session, zone } = props;
  const device = deviceName(session.userAgent);
  const how = ways.find((way) => way === session.openedBy) ?? 'other';
  return (
    <li className={rowClass}>
      <span className="min-w-44 flex-1">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          {device}
          {session.isCurrent && <StatusMark tone="accent">{t('sessionThis')}</StatusMark>}
        </span>
        <span className="block text-sm text-soft" data-tabular>
          {[
            t('sessionSeen', { at: format.dayTime(session.lastSeenAt, zone) }),
            t('sessionSince', { at: format.dayTime(session.createdAt, zone) }),
            t(`openedBy.${how}`),
            session.ipAddress,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {props.onEnd !== null && !session.isCurrent && (
        <Button
          size="xs"
          variant="default"
          aria-label={t('endSessionNamed', { device })}
          onClick={props.onEnd}
        >
          {t('endSession')}
        </Button>
      )}
    </li>
  );
}

function DeviceRow(props: { device: Data['devices'][number]; zone: string; onForget: (() => void) | null }) {
  const t = useTranslations('access');
  const format = useFormat();
  const deviceName = useDeviceName();
  const { device, zone } = props;
  const name = deviceName(device.userAgent);
  return (
    <li className={rowClass}>
      <span className="min-w-44 flex-1">
        <span className="block font-medium">{name}</span>
        <span className="block text-sm text-soft" data-tabular>
          {t('deviceSince', {
            first: format.dayTime(device.firstAt, zone),
            last: format.dayTime(device.lastFullAt, zone),
          })}
        </span>
      </span>
      {props.onForget !== null && (
        <Button
          size="xs"
          variant="default"
          aria-label={t('forgetNamed', { device: name })}
          onClick={props.onForget}
        >
          {t('forget')}
        </Button>
      )}
    </li>
  );
}
