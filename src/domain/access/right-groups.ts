/** Rights as they are shown to whoever composes a role: by what they open, each right in exactly one group. */
import type { Right } from './actor.ts';

export const rightGroups = [
  { key: 'calendar', rights: ['calendar.view_all', 'calendar.edit_all', 'calendar.override_policy'] },
  {
    key: 'clients',
    rights: [
      'clients.view_all',
      'clients.contact',
      'clients.edit',
      'clients.link_account',
      'notes.view_all',
      'schemes.view',
      'schemes.edit_all',
      'money.view',
      'messages.view',
    ],
  },
  { key: 'house', rights: ['catalogue.edit', 'hours.edit', 'settings.edit', 'imports.run'] },
  { key: 'access', rights: ['people.edit', 'roles.edit', 'audit.view'] },
] as const satisfies readonly { key: string; rights: readonly Right[] }[];
