'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { Choice } from '../kit/choice.tsx';
import { Icon } from '../kit/icons.tsx';
import { PersonMark } from '../kit/person-mark.tsx';
import { type Catalogue, serviceOf } from './catalogue.ts';
import { estimateItem } from './estimate.ts';
import { Terms } from './price-text.tsx';
import { anyone, type ItemChoice } from './selection.ts';
import { performersOf } from './techniques.ts';

/** Who may do all that was chosen, on their own terms; "anyone" is a real choice and comes first. */
export function SpecialistStep(props: {
  catalogue: Catalogue;
  item: ItemChoice;
  onChoose: (performer: string) => void;
}) {
  const t = useTranslations('booking');
  const { catalogue, item, onChoose } = props;
  const service = serviceOf(catalogue, item.serviceId);
  const able = new Set(service ? performersOf(service, item.techniqueIds).map(({ id }) => id) : []);
  const people = catalogue.specialists.filter(({ id }) => able.has(id));
  return (
    <ul className="flex flex-col gap-2">
      {people.length > 1 && (
        <li>
          <Choice
            mark={
              <span className="grid size-10 shrink-0 place-items-center rounded-full bg-accent-soft text-accent">
                <Icon name="clients" />
              </span>
            }
            title={t('anyone')}
            detail={t('anyoneText')}
            aside={
              <Terms
                estimate={estimateItem(catalogue, { ...item, performer: anyone })}
                currency={catalogue.currency}
              />
            }
            onChoose={() => onChoose(anyone)}
          />
        </li>
      )}
      {people.map(({ id, name, title, hue }) => (
        <li key={id}>
          <Choice
            mark={<PersonMark name={name} hue={hue} size={40} />}
            title={name}
            detail={title ?? undefined}
            aside={
              <Terms
                estimate={estimateItem(catalogue, { ...item, performer: id })}
                currency={catalogue.currency}
              />
            }
            onChoose={() => onChoose(id)}
          />
        </li>
      ))}
    </ul>
  );
}
