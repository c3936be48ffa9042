import type access from '../messages/en/access.json';
import type account from '../messages/en/account.json';
import type auth from '../messages/en/auth.json';
import type booking from '../messages/en/booking.json';
import type calendar from '../messages/en/calendar.json';
import type clients from '../messages/en/clients.json';
import type messages from '../messages/en/messages.json';
import type portal from '../messages/en/portal.json';
import type refusals from '../messages/en/refusals.json';
import type catalogue from '../messages/en/catalogue.json';
import type hours from '../messages/en/hours.json';
import type imports from '../messages/en/imports.json';
import type pictures from '../messages/en/pictures.json';
import type products from '../messages/en/products.json';
import type people from '../messages/en/people.json';
import type settings from '../messages/en/settings.json';
import type shell from '../messages/en/shell.json';
import type staff from '../messages/en/staff.json';
import type today from '../messages/en/today.json';
import type trail from '../messages/en/trail.json';
import type visits from '../messages/en/visits.json';
import type zones from '../messages/en/zones.json';
import type { AppLocale } from './locales.ts';

/** Every area of messages, by the English files: an unknown key is a type error. A new area adds its line here. */
export interface AreaMessages {
  access: typeof access;
  account: typeof account;
  auth: typeof auth;
  booking: typeof booking;
  calendar: typeof calendar;
  clients: typeof clients;
  messages: typeof messages;
  portal: typeof portal;
  refusals: typeof refusals;
  catalogue: typeof catalogue;
  hours: typeof hours;
  imports: typeof imports;
  people: typeof people;
  pictures: typeof pictures;
  products: typeof products;
  settings: typeof settings;
  shell: typeof shell;
  staff: typeof staff;
  today: typeof today;
  trail: typeof trail;
  visits: typeof visits;
  zones: typeof zones;
}

export type MessageArea = keyof AreaMessages;

declare module 'next-intl' {
  interface AppConfig {
    Locale: AppLocale;
    Messages: AreaMessages;
  }
}
