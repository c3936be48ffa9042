'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { ListSkeleton } from '../kit/skeletons.tsx';
import { FailureState } from '../kit/states.tsx';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { useRoleName } from '../people/staff-roles.ts';
import { useTRPC } from '../trpc/client.ts';

type Person = inferRouterOutputs<AppRouter>['clients']['whoSees']['people'][number];

/** Everybody of the staff who can open this card, with every reason; asked for when somebody wants to know. */
export function WhoSees({ clientId, zone }: { clientId: string; zone: string }) {
  const t = useTranslations('access');
  const [isShown, show] = useState(false);
  return (
    <Section
      title={t('whoSees')}
      lead={t('whoSeesLead')}
      actions={
        !isShown && (
          <Button size="xs" variant="default" onClick={() => show(true)}>
            {t('whoShow')}
          </Button>
        )
      }
    >
      {isShown && <People clientId={clientId} zone={zone} />}
    </Section>
  );
}

function People({ clientId, zone }: { clientId: string; zone: string }) {
  const t = useTranslations('access');
  const trpc = useTRPC();
  const problemText = useProblemText();
  const { data, error, refetch } = useQuery(trpc.clients.whoSees.queryOptions({ clientId }));
  if (data === undefined)
    return error === null ? (
      <ListSkeleton rows={3} />
    ) : (
      <FailureState text={problemText(error)} onRetry={() => void refetch()} />
    );
  return (
    <>
      {!data.visitsGrantAccess && <p className="mb-2 text-sm text-soft">{t('visitsOff')}</p>}
      {data.people.length === 0 && <p className="text-soft">{t('whoSeesNobody')}</p>}
      <ul className="divide-y divide-line">
        {data.people.map((person) => (
          <li key={person.accountId} className="flex items-start gap-3 py-2">
            <PersonMark name={person.name} hue={hueOf(person.accountId)} size={28} />
            <div className="min-w-0">
              <p className="font-medium">{person.name}</p>
              <Reasons person={person} zone={zone} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Reasons({ person, zone }: { person: Person; zone: string }) {
  const t = useTranslations('access');
  const format = useFormat();
  const roleName = useRoleName();
  const { roles, tags, visits } = person;
  return (
    <ul className="text-sm text-soft">
      {roles.map((role) => (
        <li key={role.id}>{t('whyRole', { name: roleName(role) })}</li>
      ))}
      {tags.map(({ id, name }) => (
        <li key={id}>{t('whyTag', { name })}</li>
      ))}
      {person.waitsForFactor && <li className="text-attention">{t('whyWaits')}</li>}
      {visits !== null && (
        <li>{t('whyVisits', { count: visits.count, date: format.date(visits.lastAt, zone) })}</li>
      )}
    </ul>
  );
}
