'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { pinLength } from '../../domain/pin.ts';
import { Icon } from '../kit/icons.tsx';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { useTRPC } from '../trpc/client.ts';
import { refusalOf } from '../trpc/refusal.ts';

interface Person {
  accountId: string;
  name: string;
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const keyClass =
  'grid h-14 cursor-pointer place-items-center rounded-md border border-line-strong bg-surface text-lg font-semibold tabular-nums hover:bg-hover disabled:cursor-not-allowed disabled:opacity-55';

/** By touch or by keyboard; the sixth digit sends. */
function PinPad(props: { person: Person; onBack: () => void; destination: string }) {
  const t = useTranslations('account.quick');
  const api = useTRPC();
  const problem = useProblemText();
  const [pin, setPin] = useState('');
  const back = useMutation(
    api.account.returnByPin.mutationOptions({
      networkMode: 'always',
      onSuccess: () => window.location.assign(props.destination),
      onError: () => setPin(''),
    }),
  );
  const { accountId, name } = props.person;
  const isBusy = back.isPending || back.isSuccess;
  const type = (typed: string) => {
    const digits = typed.replace(/\D/g, '').slice(0, pinLength);
    setPin(digits);
    if (digits.length === pinLength && !isBusy) back.mutate({ accountId, pin: digits });
  };
  const refusal = refusalOf(back.error);
  const isOver = refusal?.code === 'proof_refused' && refusal.reason !== 'wrong';
  return (
    <div>
      <h1 className="text-title font-semibold">{name}</h1>
      <label className="mt-4 block">
        <span className="sr-only">{t('pinOf', { name })}</span>
        <input
          type="password"
          inputMode="none"
          autoComplete="off"
          autoFocus
          value={pin}
          readOnly={isBusy}
          disabled={isOver}
          maxLength={pinLength}
          onChange={(event) => type(event.currentTarget.value)}
          className="kit-control w-full rounded-md border border-line-strong bg-surface px-3 text-center text-xl tracking-[0.5em] text-ink disabled:opacity-60"
        />
      </label>
      <p role="alert" className="my-2 min-h-6 text-sm text-danger">
        {back.error === null ? '' : `${problem(back.error)}${isOver ? ` ${t('fullWay')}` : ''}`}
      </p>
      <div className="grid grid-cols-3 gap-2">
        {[...keys, null, '0', 'erase'].map((key) =>
          key === null ? (
            <span key="gap" />
          ) : (
            <button
              key={key}
              type="button"
              disabled={isBusy || isOver}
              // The field keeps the focus, so that keys and touch may take turns.
              onMouseDown={(event) => event.preventDefault()}
              aria-label={key === 'erase' ? t('erase') : t('digit', { digit: key })}
              onClick={() => (key === 'erase' ? setPin(pin.slice(0, -1)) : type(`${pin}${key}`))}
              className={keyClass}
            >
              {key === 'erase' ? <Icon name="back" /> : key}
            </button>
          ),
        )}
      </div>
      <p role="status" className="sr-only">
        {t('typed', { count: pin.length })}
      </p>
      <button
        type="button"
        onClick={props.onBack}
        className="mt-4 inline-flex min-h-11 w-full cursor-pointer items-center justify-center text-accent underline"
      >
        {t('back')}
      </button>
    </div>
  );
}

/** Those who signed in on this device today and have a PIN; below them the full way, which always stands open. */
export function QuickReturn(props: { people: readonly Person[]; destination: string; children: ReactNode }) {
  const t = useTranslations('account.quick');
  const [chosen, setChosen] = useState<Person | null>(null);
  if (chosen !== null)
    return <PinPad person={chosen} destination={props.destination} onBack={() => setChosen(null)} />;
  if (props.people.length === 0) return props.children;
  return (
    <>
      <section aria-labelledby="quick-return" className="mb-8">
        <h2 id="quick-return" className="text-title font-semibold">
          {t('title')}
        </h2>
        <p className="mt-1 mb-4 text-soft">{t('lead')}</p>
        <ul className="flex flex-col gap-2">
          {props.people.map((person) => (
            <li key={person.accountId}>
              <button
                type="button"
                onClick={() => setChosen(person)}
                className="flex min-h-14 w-full cursor-pointer items-center gap-3 rounded-md border border-line bg-surface px-4 text-left font-medium hover:bg-hover"
              >
                <PersonMark name={person.name} hue={hueOf(person.accountId)} />
                <span className="min-w-0 truncate">{person.name}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className="mt-6 border-t border-line pt-4 text-sm text-soft">{t('or')}</p>
      </section>
      {props.children}
    </>
  );
}
