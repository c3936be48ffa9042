'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icons.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { asksForCode, noProof, ProveFields } from './prove-fields.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import type { OwnSecurity } from './types.ts';

/** Password (and code) prove who asks, and say whether the password may stand alone. */
function SwitchOffForm({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const t = useTranslations('account.factor');
  const api = useTRPC();
  const [typed, setTyped] = useState(noProof);
  const [wantsCode, setWantsCode] = useState(false);
  const prove = useMutation(api.account.prove.mutationOptions({ networkMode: 'always' }));
  const switchOff = useMutation(api.account.switchOffFactor.mutationOptions({ networkMode: 'always' }));
  const isPending = prove.isPending || switchOff.isPending;
  async function submit() {
    switchOff.reset();
    try {
      await prove.mutateAsync(typed);
      await switchOff.mutateAsync({ password: typed.password });
      onDone();
    } catch (error) {
      setWantsCode(wantsCode || asksForCode(error));
    }
  }
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) void submit();
      }}
    >
      <p className="mb-4 text-soft">{t('offText')}</p>
      <ProveFields
        typed={typed}
        onType={setTyped}
        error={switchOff.error ?? prove.error}
        wantsCode={wantsCode}
      />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button kind="secondary" onClick={onClose}>
          {t('keep')}
        </Button>
        <Button type="submit" kind="danger" loading={isPending}>
          {t('off')}
        </Button>
      </div>
    </form>
  );
}

function FactorOn({ factor, zone }: { factor: NonNullable<OwnSecurity['secondFactor']>; zone: string }) {
  const t = useTranslations('account.factor');
  const api = useTRPC();
  const router = useRouter();
  const format = useFormat();
  const problem = useProblemText();
  const [isLeaving, setLeaving] = useState(false);
  const renew = useMutation(api.account.renewRecoveryCodes.mutationOptions({ networkMode: 'always' }));
  if (renew.data !== undefined)
    return (
      <>
        <h3 className="font-semibold">{t('codesTitle')}</h3>
        <p className="mb-3 text-sm text-soft">{t('codesText')}</p>
        <RecoveryCodes
          codes={renew.data.recoveryCodes}
          onKept={() => {
            renew.reset();
            router.refresh();
          }}
        />
      </>
    );
  return (
    <>
      <p className="flex items-center gap-2">
        <Icon name="check" size={18} className="shrink-0 text-settled" />
        {t('on', { date: format.date(factor.confirmedAt, zone) })}
      </p>
      <p className={`mb-4 text-sm ${factor.codesLeft < 3 ? 'text-attention' : 'text-soft'}`}>
        {t('codesLeft', { count: factor.codesLeft })}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button kind="secondary" loading={renew.isPending} onClick={() => renew.mutate()}>
          {t('renew')}
        </Button>
        <Button kind="quiet" onClick={() => setLeaving(true)}>
          {t('off')}
        </Button>
      </div>
      {renew.error !== null && (
        <p role="alert" className="mt-2 text-danger">
          {problem(renew.error)}
        </p>
      )}
      <Dialog opened={isLeaving} onClose={() => setLeaving(false)} title={t('offTitle')}>
        <SwitchOffForm
          onClose={() => setLeaving(false)}
          onDone={() => {
            setLeaving(false);
            toast(t('offDone'));
            router.refresh();
          }}
        />
      </Dialog>
    </>
  );
}

/** Whether a code is asked for besides the password; setting it up has a page of its own. */
export function FactorSection(props: {
  security: OwnSecurity;
  isNeeded: boolean;
  zone: string;
  here: string;
}) {
  const t = useTranslations('account.factor');
  const { secondFactor } = props.security;
  return (
    <Section title={t('title')} lead={t('lead')}>
      {secondFactor !== null ? (
        <FactorOn factor={secondFactor} zone={props.zone} />
      ) : (
        <>
          <p className="mb-3">{t(props.isNeeded ? 'needed' : 'none')}</p>
          <ButtonLink
            kind={props.isNeeded ? 'primary' : 'secondary'}
            href={`/second-factor?${new URLSearchParams({ callbackUrl: props.here })}`}
          >
            {t('setUp')}
          </ButtonLink>
        </>
      )}
    </Section>
  );
}
