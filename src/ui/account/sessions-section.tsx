'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { DeviceName } from '../../domain/user-agent.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icons.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import type { OwnPresence } from './types.ts';

/** "Firefox on Windows", as far as the browser says. */
function useDeviceWords(): (device: DeviceName) => string {
  const t = useTranslations('account.sessions');
  return ({ browser, system }) =>
    browser !== null && system !== null ? t('on', { browser, system }) : (browser ?? system ?? t('unknown'));
}

function Row(props: { name: string; isThis: boolean; detail: string; children?: ReactNode }) {
  const t = useTranslations('account.sessions');
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
      <Icon name="device" size={18} className="shrink-0 text-soft" />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 font-medium">
          {props.name}
          {props.isThis && <StatusMark tone="settled">{t('this')}</StatusMark>}
        </span>
        <span className="block text-sm text-soft" suppressHydrationWarning>
          {props.detail}
        </span>
      </span>
      {props.children}
    </li>
  );
}

const listClass = '-mx-4 -mb-4 divide-y divide-line border-t border-line';

/** Where one is signed in, and the devices one is known on: each can be ended and forgotten. */
export function SessionsSection({ presence, zone }: { presence: OwnPresence; zone: string }) {
  const t = useTranslations('account.sessions');
  const api = useTRPC();
  const router = useRouter();
  const format = useFormat();
  const words = useDeviceWords();
  const problem = useProblemText();
  const { sessions, devices } = presence;
  const settled = {
    networkMode: 'always' as const,
    onError: (error: unknown) => void toast(problem(error), { tone: 'danger' }),
    onSettled: () => router.refresh(),
  };
  const end = useMutation(api.account.endSession.mutationOptions(settled));
  const forget = useMutation(api.account.forgetDevice.mutationOptions(settled));
  const endOthers = useMutation(
    api.account.endOtherSessions.mutationOptions({
      ...settled,
      onSuccess: () => void toast(t('othersDone')),
    }),
  );
  return (
    <>
      <Section
        title={t('title')}
        lead={t('lead')}
        actions={
          sessions.length > 1 && (
            <Button kind="secondary" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
              {t('others')}
            </Button>
          )
        }
      >
        <ul className={listClass}>
          {sessions.map(({ id, device, place, lastSeenAt, isThis }) => {
            const name = words(device);
            const seen = t('lastSeen', { when: format.dayTime(lastSeenAt, zone) });
            const detail = place === null ? seen : `${seen}, ${t('place', { address: place })}`;
            return (
              <Row key={id} name={name} isThis={isThis} detail={detail}>
                {!isThis && (
                  <Button
                    kind="quiet"
                    aria-label={t('endNamed', { device: name })}
                    loading={end.isPending && end.variables.sessionId === id}
                    onClick={() =>
                      end.mutate(
                        { sessionId: id },
                        { onSuccess: () => void toast(t('ended', { device: name })) },
                      )
                    }
                  >
                    {t('end')}
                  </Button>
                )}
              </Row>
            );
          })}
        </ul>
      </Section>
      {devices.length > 0 && (
        <Section title={t('devicesTitle')} lead={t('devicesLead')}>
          <ul className={listClass}>
            {devices.map(({ id, device, lastFullAt, isThis }) => {
              const name = words(device);
              const detail = t('lastFull', { when: format.dayTime(lastFullAt, zone) });
              return (
                <Row key={id} name={name} isThis={isThis} detail={detail}>
                  <Button
                    kind="quiet"
                    aria-label={t('forgetNamed', { device: name })}
                    loading={forget.isPending && forget.variables.deviceId === id}
                    onClick={() =>
                      forget.mutate(
                        { deviceId: id },
                        { onSuccess: () => void toast(t('forgotten', { device: name })) },
                      )
                    }
                  >
                    {t('forget')}
                  </Button>
                </Row>
              );
            })}
          </ul>
        </Section>
      )}
    </>
  );
}
