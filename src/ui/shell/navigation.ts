import type { AreaMessages } from '../../i18n/types.ts';
import type { IconName } from '../kit/icons.tsx';

export interface Place<Label> {
  href: string;
  label: Label;
  icon: IconName;
}

type StaffLabel = Extract<
  keyof AreaMessages['staff'],
  | 'today'
  | 'calendar'
  | 'clients'
  | 'messages'
  | 'settings'
  | 'catalogue'
  | 'hours'
  | 'people'
  | 'rooms'
  | 'clinic'
  | 'import'
>;
type PortalLabel = Extract<keyof AreaMessages['portal'], 'book' | 'visits' | 'me'>;

export const staffPlaces: readonly Place<StaffLabel>[] = [
  { href: '/today', label: 'today', icon: 'today' },
  { href: '/calendar', label: 'calendar', icon: 'calendar' },
  { href: '/clients', label: 'clients', icon: 'clients' },
  { href: '/messages', label: 'messages', icon: 'messages' },
  { href: '/settings', label: 'settings', icon: 'settings' },
];

export const settingsPlaces: readonly Place<StaffLabel>[] = [
  { href: '/settings/catalogue', label: 'catalogue', icon: 'catalogue' },
  { href: '/settings/hours', label: 'hours', icon: 'clock' },
  { href: '/settings/people', label: 'people', icon: 'person' },
  { href: '/settings/rooms', label: 'rooms', icon: 'door' },
  { href: '/settings/clinic', label: 'clinic', icon: 'settings' },
  { href: '/settings/import', label: 'import', icon: 'upload' },
];

export const portalPlaces: readonly Place<PortalLabel>[] = [
  { href: '/book', label: 'book', icon: 'plus' },
  { href: '/visits', label: 'visits', icon: 'calendar' },
  { href: '/me', label: 'me', icon: 'person' },
];

/** Whether a page lies at or below a place. */
export const isWithin = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`);
