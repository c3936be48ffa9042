import type { AreaMessages } from '../../i18n/types.ts';
import type { Place } from './place.ts';

type PortalLabel = Extract<keyof AreaMessages['portal'], 'book' | 'visits' | 'me'>;

export const portalPlaces: readonly Place<PortalLabel>[] = [
  { href: '/book', label: 'book', icon: 'plus' },
  { href: '/visits', label: 'visits', icon: 'calendar' },
  { href: '/me', label: 'me', icon: 'person' },
];
