'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { BookableService, BookableTechnique } from './catalogue.ts';
import { useTerms } from './price-text.tsx';
import { groupsBelow, openGroups, performersOf, usedTechniques } from './techniques.ts';
import { techniquesFormId } from './techniques-action.tsx';

interface TechniquesProps {
  service: BookableService;
  currency: string;
  chosenIds: readonly string[];
  onChange: (chosenIds: string[]) => void;
  onDone: () => void;
}

/** What is done anyway, what may be added, and what has to be chosen between. */
export default function TechniquesStep(props: TechniquesProps) {
  const t = useTranslations('booking');
  const [asked, setAsked] = useState(false);
  const open = openGroups(props.service, props.chosenIds);
  const nobody = performersOf(props.service, props.chosenIds).length === 0;
  function submit(form: HTMLFormElement) {
    setAsked(true);
    const [first] = open;
    if (first !== undefined)
      form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(first)}"]`)?.focus();
    else if (!nobody) props.onDone();
  }
  return (
    <form
      id={techniquesFormId}
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <Level {...props} parentId={null} asked={asked} />
      <p role="alert" className="mt-3 text-danger">
        {asked && nobody && t('nobodyDoesThis')}
      </p>
    </form>
  );
}

function Level(props: TechniquesProps & { parentId: string | null; asked: boolean }) {
  const t = useTranslations('booking');
  const { service, chosenIds, parentId, onChange } = props;
  const here = service.techniques.filter((technique) => technique.parentId === parentId);
  const required = here.filter(({ selection }) => selection === 'required');
  const optional = here.filter(({ selection }) => selection === 'optional');
  const used = new Set(usedTechniques(service, chosenIds).map(({ id }) => id));
  const below = (technique: BookableTechnique) =>
    used.has(technique.id) && service.techniques.some(({ parentId: id }) => id === technique.id) ? (
      <div className="ml-4 border-l border-line pl-4">
        <Level {...props} parentId={technique.id} />
      </div>
    ) : null;
  return (
    <div className="flex flex-col gap-6">
      {required.length > 0 && (
        <section>
          <h2 className="mb-2 text-sm font-medium text-soft">{t('included')}</h2>
          <ul className="divide-y divide-line rounded-md border border-line bg-surface">
            {required.map((technique) => (
              <li key={technique.id} className="px-4 py-3">
                <TechniqueText technique={technique} currency={props.currency} />
                {below(technique)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {groupsBelow(service, parentId).map(({ key, members }) => {
        const isOpen = members.every(({ id }) => !chosenIds.includes(id));
        return (
          <fieldset key={key} aria-describedby={`${key}-error`}>
            <legend className="mb-2 text-sm font-medium text-soft">{t('chooseOne')}</legend>
            <Options>
              {members.map((technique) => (
                <Option
                  key={technique.id}
                  type="radio"
                  name={key}
                  technique={technique}
                  currency={props.currency}
                  checked={chosenIds.includes(technique.id)}
                  invalid={props.asked && isOpen}
                  onToggle={() =>
                    onChange([
                      ...chosenIds.filter((id) => !members.some((member) => member.id === id)),
                      technique.id,
                    ])
                  }
                >
                  {below(technique)}
                </Option>
              ))}
            </Options>
            <p id={`${key}-error`} role="alert" className="mt-1 text-sm text-danger">
              {props.asked && isOpen && t('chooseOneMissing')}
            </p>
          </fieldset>
        );
      })}
      {optional.length > 0 && (
        <fieldset>
          <legend className="mb-2 text-sm font-medium text-soft">{t('addIfYouLike')}</legend>
          <Options>
            {optional.map((technique) => (
              <Option
                key={technique.id}
                type="checkbox"
                technique={technique}
                currency={props.currency}
                checked={chosenIds.includes(technique.id)}
                onToggle={() =>
                  onChange(
                    chosenIds.includes(technique.id)
                      ? chosenIds.filter((id) => id !== technique.id)
                      : [...chosenIds, technique.id],
                  )
                }
              >
                {below(technique)}
              </Option>
            ))}
          </Options>
        </fieldset>
      )}
    </div>
  );
}

const Options = ({ children }: { children: ReactNode }) => (
  <div className="divide-y divide-line rounded-md border border-line bg-surface">{children}</div>
);

function Option(props: {
  type: 'radio' | 'checkbox';
  name?: string;
  technique: BookableTechnique;
  currency: string;
  checked: boolean;
  invalid?: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  return (
    <div>
      <label className="flex min-h-14 cursor-pointer items-center gap-3 px-4 py-3 hover:bg-hover has-checked:bg-accent-soft">
        <input
          type={props.type}
          name={props.name}
          checked={props.checked}
          aria-invalid={props.invalid === true || undefined}
          onChange={props.onToggle}
          className="size-5 shrink-0 cursor-pointer accent-(--accent)"
        />
        <TechniqueText technique={props.technique} currency={props.currency} />
      </label>
      {props.children}
    </div>
  );
}

function TechniqueText({ technique, currency }: { technique: BookableTechnique; currency: string }) {
  const terms = useTerms(currency);
  return (
    <span className="flex min-w-0 flex-1 items-baseline gap-3">
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{technique.name}</span>
        {technique.description !== null && (
          <span className="block text-sm text-soft">{technique.description}</span>
        )}
      </span>
      <span data-tabular className="shrink-0 text-right text-sm text-soft" suppressHydrationWarning>
        {technique.priceMinor !== 0 && <span className="block">{terms.added(technique.priceMinor)}</span>}
        {technique.minutes !== 0 && <span className="block">{terms.addedMinutes(technique.minutes)}</span>}
      </span>
    </span>
  );
}
