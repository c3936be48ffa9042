'use client';

import { Checkbox } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Right } from '../../domain/access/actor.ts';
import { rightGroups } from '../../domain/access/right-groups.ts';
import { Section } from '../kit/section.tsx';

/** Rights in groups, each with a plain sentence of what it opens. What one doesn't have oneself can't be given. */
export function RightsField(props: {
  value: readonly Right[];
  ownRights: readonly Right[];
  readOnly: boolean;
  error: ReactNode;
  onChange: (rights: Right[]) => void;
}) {
  const t = useTranslations('access');
  const { value, ownRights, readOnly } = props;
  const toggle = (right: Right, isOn: boolean) =>
    props.onChange(isOn ? [...value, right] : value.filter((each) => each !== right));
  return (
    <Section title={t('rights')} lead={t('rightsHint')}>
      {props.error != null && (
        <p role="alert" className="mb-3 text-sm text-danger">
          {props.error}
        </p>
      )}
      <div className="gap-x-8 lg:columns-2">
        {rightGroups.map((group) => (
          <fieldset key={group.key} className="m-0 mb-6 min-w-0 break-inside-avoid border-0 p-0">
            <legend className="mb-2 p-0 text-sm font-medium text-soft">{t(`groups.${group.key}`)}</legend>
            <div className="flex flex-col gap-3">
              {group.rights.map((right) => {
                const mayGive = ownRights.includes(right);
                return (
                  <Checkbox
                    key={right}
                    label={t(`right.${right}.name`)}
                    description={
                      mayGive || readOnly
                        ? t(`right.${right}.opens`)
                        : `${t(`right.${right}.opens`)} ${t('notYours')}`
                    }
                    checked={value.includes(right)}
                    disabled={readOnly || !mayGive}
                    onChange={(event) => toggle(right, event.currentTarget.checked)}
                  />
                );
              })}
            </div>
          </fieldset>
        ))}
      </div>
    </Section>
  );
}
