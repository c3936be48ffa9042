'use client';
'use no memo';

import { Choice } from '../kit/choice.tsx';
import type { Catalogue } from './catalogue.ts';

export function PlaceStep(props: {
  catalogue: Catalogue;
  onChoose: (id: string) => void;
  addressOf: (id: string) => string;
}) {
  const { catalogue, onChoose, addressOf } = props;
  return (
    <ul className="flex flex-col gap-3">
      {catalogue.locations.map(({ id, name, address }) => (
        <li key={id}>
          <Choice
            title={name}
            detail={address ?? undefined}
            onChoose={() => onChoose(id)}
            address={addressOf(id)}
          />
        </li>
      ))}
    </ul>
  );
}
