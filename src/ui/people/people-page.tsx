'use client';

import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { PersonMark } from '../kit/person-mark.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { useShortcut } from '../kit/shortcuts.tsx';
import { Section } from '../kit/section.tsx';
import { EmptyState } from '../kit/states.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { StaffSection } from './staff-section.tsx';

const newHref = '/settings/people/new';

/** Who performs, in the order that is also their rank, and who signs in. */
export function PeoplePage() {
  const t = useTranslations();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const specialists = useQuery(trpc.people.specialists.queryOptions());
  const reorder = useMutation(
    trpc.people.orderSpecialists.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.people.pathFilter()),
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
    }),
  );
  useShortcut({ keys: 'c', label: t('people.newSpecialist') }, () => router.push(newHref));
  const add = (
    <Button component={Link} href={newHref} leftSection={<Icon name="plus" size={18} />}>
      {t('people.newSpecialist')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('people.title')}
        lead={t('people.lead')}
        actions={(specialists.data?.length ?? 0) > 0 && add}
      />
      <div className="flex flex-col gap-6">
        <Section title={t('people.specialists')} lead={t('people.specialistsLead')}>
          <Answered query={specialists} shape="list" backHref="/today">
            {(rows) =>
              rows.length === 0 ? (
                <EmptyState icon="person" title={t('people.emptyTitle')} text={t('people.emptyText')}>
                  {add}
                </EmptyState>
              ) : (
                <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
                  {rows.map((person, index) => {
                    const moveUp = () => {
                      const ids = rows.map(({ id }) => id).filter((id) => id !== person.id);
                      ids.splice(index - 1, 0, person.id);
                      reorder.mutate({ specialistIds: ids });
                    };
                    return (
                      <li key={person.id} className="flex items-center pr-2 hover:bg-hover">
                        <Link
                          href={`/settings/people/${person.id}`}
                          className="flex min-h-14 min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-ink no-underline"
                        >
                          <PersonMark name={person.name} hue={person.hue} />
                          <span className="min-w-36 flex-1">
                            <span className="block font-medium">{person.name}</span>
                            <span className="block text-sm text-soft">
                              {[person.title, t('people.servicesCount', { count: person.serviceCount })]
                                .filter(Boolean)
                                .join(' · ')}
                            </span>
                          </span>
                          {!person.isActive && <StatusMark tone="neutral">{t('people.isOff')}</StatusMark>}
                          {person.isActive && !person.isOnline && (
                            <StatusMark tone="neutral">{t('people.notOnline')}</StatusMark>
                          )}
                        </Link>
                        {index > 0 && (
                          <IconButton
                            icon="up"
                            label={t('settings.moveUp', { name: person.name })}
                            onClick={moveUp}
                          />
                        )}
                      </li>
                    );
                  })}
                </ul>
              )
            }
          </Answered>
        </Section>
        <StaffSection />
      </div>
    </>
  );
}
