/** The staff's sections, and what each takes: navigation, search and the pages themselves ask here, so that nothing is shown that refuses. */
import type { Actor } from './actor.ts';
import { type Action, can } from './policy.ts';

/** Decided without a record at hand. */
type SectionAction = Extract<
  Action,
  | 'calendar.view'
  | 'client.list'
  | 'message.view'
  | 'catalogue.edit'
  | 'product.edit'
  | 'hours.edit'
  | 'people.edit'
  | 'settings.edit'
  | 'import.run'
  | 'role.view'
  | 'audit.view'
>;

/** In the order in which they stand; what settings are made of comes after them. */
export const settingsSections = {
  catalogue: 'catalogue.edit',
  products: 'product.edit',
  hours: 'hours.edit',
  people: 'people.edit',
  rooms: 'people.edit',
  clinic: 'settings.edit',
  import: 'import.run',
  roles: 'role.view',
  security: 'people.edit',
  trail: 'audit.view',
} as const satisfies Record<string, SectionAction>;
export type SettingsSection = keyof typeof settingsSections;

const daySections = {
  today: 'calendar.view',
  calendar: 'calendar.view',
  clients: 'client.list',
  messages: 'message.view',
} as const satisfies Record<string, SectionAction>;

export type Section = keyof typeof daySections | SettingsSection | 'settings';

const opensTo = (actor: Actor, action: SectionAction): boolean => can(actor, action);
const keysOf = <K extends string>(record: Record<K, unknown>): K[] => Object.keys(record) as K[];

/** What of the settings this actor may use, in their order; empty for whoever may use none. */
export const openSettings = (actor: Actor): SettingsSection[] =>
  keysOf(settingsSections).filter((section) => opensTo(actor, settingsSections[section]));

/** Every section that is open to this actor; "settings" where at least one of them is. */
export function openSections(actor: Actor): Section[] {
  const settings = openSettings(actor);
  return [
    ...keysOf(daySections).filter((section) => opensTo(actor, daySections[section])),
    ...(settings.length > 0 ? (['settings'] as const) : []),
    ...settings,
  ];
}
