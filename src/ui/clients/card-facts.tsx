'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { Section } from '../kit/section.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import type { CardRights, ClientCard } from './types.ts';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-soft">{label}</dt>
      <dd className="break-words whitespace-pre-line">{children}</dd>
    </div>
  );
}

const linkClass = 'inline-flex min-h-8 items-center break-all text-accent underline pointer-coarse:min-h-11';

/** Contact, where from, note and account: what is looked up while the phone rings. */
export function CardFacts(props: { card: ClientCard; rights: CardRights; zone: string; onLink: () => void }) {
  const t = useTranslations('clients.page');
  const format = useFormat();
  const { card, rights } = props;
  return (
    <Section title={t('contact')}>
      <div className="grid gap-4 max-lg:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
        <div className="flex flex-col items-start gap-2">
          <Contact contact={card.contact} />
          {card.isInvited && (
            <StatusMark tone="accent" icon="check">
              {t('invited')}
            </StatusMark>
          )}
        </div>
        <dl className="contents">
          {card.birthDate !== null && (
            <Fact label={t('born')}>{format.date(new Date(`${card.birthDate}T00:00:00Z`), 'UTC')}</Fact>
          )}
          {card.source !== null && <Fact label={t('source')}>{card.source.name}</Fact>}
          <Fact label={t('note')}>{card.note ?? <span className="text-soft">{t('noNote')}</span>}</Fact>
          <Fact label={t('account')}>
            <AccountState card={card} />
            {card.account === null && rights.link && (
              <span className="mt-2 block" data-print="hide">
                <Button size="xs" variant="default" onClick={props.onLink}>
                  {t('link')}
                </Button>
              </span>
            )}
            {card.account !== null && rights.account && (
              <span className="mt-2 block" data-print="hide">
                <Button
                  component={Link}
                  href={`/clients/${card.clientId}/account`}
                  size="xs"
                  variant="default"
                >
                  {t('accountOpen')}
                </Button>
              </span>
            )}
          </Fact>
          <Fact label={t('since')}>{format.date(card.createdAt, props.zone)}</Fact>
        </dl>
      </div>
    </Section>
  );
}

function Contact({ contact }: { contact: ClientCard['contact'] }) {
  const t = useTranslations('clients.page');
  if (contact === null) return <p className="text-soft">{t('hiddenContact')}</p>;
  const { phone, email } = contact;
  if (phone === null && email === null) return <p className="text-soft">{t('noContact')}</p>;
  return (
    <div className="flex flex-col items-start">
      {phone !== null && (
        <a
          href={`tel:${phone.replace(/[^\d+]/g, '')}`}
          aria-label={t('call', { phone })}
          className={linkClass}
        >
          {phone}
        </a>
      )}
      {email !== null && (
        <a href={`mailto:${email}`} aria-label={t('write', { email })} className={linkClass}>
          {email}
        </a>
      )}
    </div>
  );
}

function AccountState({ card: { account } }: { card: ClientCard }) {
  const t = useTranslations('clients.page');
  if (account === null) return <span className="text-soft">{t('accountNone')}</span>;
  if (account.blocked) return <StatusMark tone="danger">{t('accountBlocked')}</StatusMark>;
  return t(account.emailVerified ? 'accountVerified' : 'accountUnverified');
}
