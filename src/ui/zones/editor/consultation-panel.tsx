'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { qrCode } from '../../../domain/qr.ts';
import { guestModes } from '../../../domain/scheme/consultation.ts';
import { QrPicture } from '../../account/qr-picture.tsx';
import { Button } from '../../kit/button.tsx';
import { useProblemText } from '../../kit/refusal-text.ts';
import { toast } from '../../kit/toasts.ts';
import { useLiveQuery } from '../../live/use-live.ts';
import { useTRPC } from '../../trpc/client.ts';

/** The code to join by, who waits, and what each one may do. */
export function ConsultationPanel({ schemeId }: { schemeId: string }) {
  const t = useTranslations('zones.editor.consultation');
  const api = useTRPC();
  const queries = useQueryClient();
  const problem = useProblemText();
  const guests = useQuery(api.drawings.guests.queryOptions({ schemeId }));
  const onError = (error: unknown) => void toast(problem(error), { tone: 'danger' });
  useLiveQuery(['client'], api.drawings.guests.queryKey({ schemeId }));
  const onSuccess = () => queries.invalidateQueries({ queryKey: api.drawings.guests.queryKey({ schemeId }) });
  const invite = useMutation(api.drawings.invite.mutationOptions({ onError }));
  const admit = useMutation(api.drawings.admit.mutationOptions({ onError, onSuccess }));
  const end = useMutation(api.drawings.endGuest.mutationOptions({ onError, onSuccess }));
  const here = guests.data?.guests ?? [];
  return (
    <>
      <p className="text-sm text-soft">{t('lead')}</p>
      {invite.data ? (
        <Code
          key={invite.data.inviteToken}
          rows={joinRows(invite.data.inviteToken)}
          expiresAt={new Date(invite.data.expiresAt)}
          onAgain={() => invite.mutate({ schemeId })}
          isMaking={invite.isPending}
        />
      ) : (
        <Button wide loading={invite.isPending} onClick={() => invite.mutate({ schemeId })}>
          {t('make')}
        </Button>
      )}
      <section>
        <h3 className="mb-1 text-sm font-medium">{t('guests')}</h3>
        {here.length === 0 && <p className="text-sm text-soft">{t('noGuests')}</p>}
        <ul className="m-0 flex list-none flex-col divide-y divide-line p-0">
          {here.map(({ guestId, name, status }) => (
            <li key={guestId} className="flex flex-col gap-2 py-3">
              <p>
                <strong className="font-semibold">{name}</strong>
                {status === 'waiting' && <span className="text-sm text-soft"> {t('waiting')}</span>}
              </p>
              <div role="group" aria-label={`${name}: ${t('mode')}`} className="flex flex-wrap gap-1">
                {guestModes.map((mode) => (
                  <button
                    key={mode}
                    type="button"
                    aria-pressed={status === mode}
                    disabled={admit.isPending}
                    onClick={() => admit.mutate({ schemeId, guestId, mode })}
                    className={`min-h-11 flex-1 cursor-pointer rounded-md border px-2 text-sm ${
                      status === mode
                        ? 'border-accent bg-accent-soft font-medium text-accent'
                        : 'border-line bg-surface text-ink hover:bg-hover'
                    }`}
                  >
                    {t(mode)}
                  </button>
                ))}
              </div>
              <button
                type="button"
                onClick={() => end.mutate({ schemeId, guestId })}
                className="min-h-11 cursor-pointer self-start rounded-md border-0 bg-transparent px-2 text-sm text-danger hover:bg-danger-soft"
              >
                {status === 'waiting' ? t('turnAway') : t('end', { name })}
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** What the guest's camera reads: this house's own address, with the code in it. */
const joinRows = (inviteToken: string): string[] =>
  qrCode(`${window.location.origin}/join/${inviteToken}`).map((row) =>
    row.map((isDark) => (isDark ? '1' : '0')).join(''),
  );

function Code(props: { rows: readonly string[]; expiresAt: Date; onAgain: () => void; isMaking: boolean }) {
  const t = useTranslations('zones.editor.consultation');
  const until = props.expiresAt.getTime();
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setSeconds(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    const timer = setInterval(tick, 1000);
    tick();
    return () => clearInterval(timer);
  }, [until]);
  return (
    <div className="flex flex-col gap-2 text-center">
      {seconds === 0 ? (
        <p className="text-soft">{t('lapsed')}</p>
      ) : (
        <QrPicture rows={props.rows} label={t('qr')} />
      )}
      {seconds !== null && seconds > 0 && (
        <p className="text-sm text-soft tabular-nums">{t('valid', { seconds })}</p>
      )}
      <Button kind="secondary" wide loading={props.isMaking} onClick={props.onAgain}>
        {t('again')}
      </Button>
    </div>
  );
}
