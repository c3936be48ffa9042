'use client';

import { Button, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ButtonLink } from '../kit/button.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { SideDrawer } from '../kit/side-drawer.tsx';
import { FormSkeleton } from '../kit/skeletons.tsx';
import { FailureState, NotFoundState } from '../kit/states.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { refusalOf } from '../trpc/refusal.ts';
import { MessageState, useReasonText } from './state-mark.tsx';

type Form = 'letter' | 'text' | 'calendar';

/** One message as it was written: the letter, its plain text, what goes into the calendar. */
export function MessageDrawer(props: { messageId: string; zone: string; onClose: () => void }) {
  const t = useTranslations('messages.open');
  const api = useTRPC();
  const problem = useProblemText();
  const reasonText = useReasonText();
  const [form, setForm] = useState<Form>('letter');
  const { messageId, zone } = props;
  const message = useQuery(api.messages.open.queryOptions({ messageId }));
  const retry = useMutation(
    api.messages.retry.mutationOptions({
      onSuccess: () => void toast(t('retried')),
      onError: (error) => void toast(problem(error), { tone: 'danger' }),
      onSettled: () => message.refetch(),
    }),
  );
  const { data } = message;
  const title = data?.subject ?? '';
  if (!data) {
    return (
      <SideDrawer opened onClose={props.onClose} title={title}>
        {!message.isError ? (
          <FormSkeleton fields={3} />
        ) : refusalOf(message.error)?.code === 'not_found' ? (
          <NotFoundState homeHref="/messages" />
        ) : (
          <FailureState onRetry={() => void message.refetch()} />
        )}
      </SideDrawer>
    );
  }
  const forms: Form[] = [
    ...(data.bodyHtml === null ? [] : ['letter' as const]),
    ...(data.bodyText === null ? [] : ['text' as const]),
    ...(data.calendarFile === null ? [] : ['calendar' as const]),
  ];
  const shown = forms.includes(form) ? form : forms[0];
  return (
    <SideDrawer opened onClose={props.onClose} title={title}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-2">
          <MessageState status={data.status} />
          {data.attemptCount > 1 && (
            <span className="text-sm text-soft">{t('tries', { count: data.attemptCount })}</span>
          )}
        </div>
        {data.statusReason !== null && <p>{reasonText(data.statusReason)}</p>}
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          <dt className="text-soft">{t('to')}</dt>
          <dd className="break-all">{[data.clientName, data.recipient].filter(Boolean).join(', ')}</dd>
          <dt className="text-soft">{t('written')}</dt>
          <dd>
            <TimeText at={data.createdAt} zone={zone} />
          </dd>
          {data.status === 'sent' && data.sentAt !== null && (
            <>
              <dt className="text-soft">{t('sent')}</dt>
              <dd>
                <TimeText at={data.sentAt} zone={zone} />
              </dd>
            </>
          )}
        </dl>
        <div className="flex flex-wrap gap-2">
          {data.status === 'failed' && (
            <Button loading={retry.isPending} onClick={() => retry.mutate({ messageId })}>
              {t('retry')}
            </Button>
          )}
          {/* A card beyond one's sight has no name here, and no way to it. */}
          {data.clientId !== null && data.clientName !== null && (
            <ButtonLink kind="secondary" href={`/clients/${data.clientId}`}>
              {t('client')}
            </ButtonLink>
          )}
        </div>
        {data.bodyText === null && <p className="text-soft">{t('namesPrices')}</p>}
        {forms.length > 1 && (
          <SegmentedControl
            value={shown}
            onChange={(value) => setForm(forms.find((each) => each === value) ?? 'text')}
            data={forms.map((value) => ({ value, label: t(value) }))}
          />
        )}
        {shown && (
          <Body form={shown} html={data.bodyHtml} text={data.bodyText} calendar={data.calendarFile} />
        )}
      </div>
    </SideDrawer>
  );
}

function Body(props: { form: Form; html: string | null; text: string | null; calendar: string | null }) {
  const t = useTranslations('messages.open');
  if (props.form === 'letter') {
    return (
      // No script, no form, no navigation, no origin: whatever stands in a letter stays a picture of it.
      <iframe
        title={t('frame')}
        sandbox=""
        srcDoc={props.html ?? ''}
        className="h-[36rem] w-full rounded-md border border-line bg-[white]"
      />
    );
  }
  const text = props.form === 'calendar' ? (props.calendar ?? '') : (props.text ?? '');
  return (
    <>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[36rem] overflow-auto rounded-md border border-line bg-sunken p-4 font-sans text-sm break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
      {props.form === 'calendar' && (
        <a
          href={`data:text/calendar;charset=utf-8,${encodeURIComponent(text)}`}
          download="visit.ics"
          className="inline-flex min-h-11 items-center text-accent underline"
        >
          {t('download')}
        </a>
      )}
    </>
  );
}
