import type auth from '../messages/en/auth.json';
import type portal from '../messages/en/portal.json';
import type refusals from '../messages/en/refusals.json';
import type shell from '../messages/en/shell.json';
import type staff from '../messages/en/staff.json';
import type { AppLocale } from './locales.ts';

/** Every area of messages, by the English files: an unknown key is a type error. A new area adds its line here. */
export interface AreaMessages {
  auth: typeof auth;
  portal: typeof portal;
  refusals: typeof refusals;
  shell: typeof shell;
  staff: typeof staff;
}

export type MessageArea = keyof AreaMessages;

declare module 'next-intl' {
  interface AppConfig {
    Locale: AppLocale;
    Messages: AreaMessages;
  }
}
