import type { Section, SettingsSection } from '../../domain/access/section.ts';
import type { AreaMessages } from '../../i18n/types.ts';
import type { Place } from './place.ts';

/** A place of the staff's, shown to whom its section is open. */
export interface StaffPlace<Of extends Section = Section> extends Place<StaffLabel> {
  section: Of;
}

type StaffLabel = Extract<
  keyof AreaMessages['staff'],
  | 'today'
  | 'calendar'
  | 'clients'
  | 'messages'
  | 'settings'
  | 'catalogue'
  | 'products'
  | 'hours'
  | 'people'
  | 'rooms'
  | 'clinic'
  | 'import'
  | 'roles'
  | 'security'
  | 'trail'
>;

export const staffPlaces: readonly StaffPlace[] = [
  { section: 'today', href: '/today', label: 'today', icon: 'today' },
  { section: 'calendar', href: '/calendar', label: 'calendar', icon: 'calendar' },
  { section: 'clients', href: '/clients', also: '/drawings', label: 'clients', icon: 'clients' },
  { section: 'messages', href: '/messages', label: 'messages', icon: 'messages' },
  { section: 'settings', href: '/settings', label: 'settings', icon: 'settings' },
];

export const settingsPlaces: readonly StaffPlace<SettingsSection>[] = [
  { section: 'catalogue', href: '/settings/catalogue', label: 'catalogue', icon: 'catalogue' },
  { section: 'products', href: '/settings/products', label: 'products', icon: 'product' },
  { section: 'hours', href: '/settings/hours', label: 'hours', icon: 'clock' },
  { section: 'people', href: '/settings/people', label: 'people', icon: 'person' },
  { section: 'rooms', href: '/settings/rooms', label: 'rooms', icon: 'door' },
  { section: 'clinic', href: '/settings/clinic', label: 'clinic', icon: 'settings' },
  { section: 'import', href: '/settings/import', label: 'import', icon: 'upload' },
  { section: 'roles', href: '/settings/roles', label: 'roles', icon: 'key' },
  { section: 'security', href: '/settings/security', label: 'security', icon: 'shield' },
  { section: 'trail', href: '/settings/trail', label: 'trail', icon: 'history' },
];

/** Those of the places that are open to the account that looks. */
export const openPlaces = <Of extends Section>(
  places: readonly StaffPlace<Of>[],
  open: readonly Section[],
): StaffPlace<Of>[] => places.filter(({ section }) => open.includes(section));
