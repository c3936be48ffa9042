import { getRequestConfig } from 'next-intl/server';
import { isAppLocale } from './locales.ts';
import { loadMessages } from './messages.ts';
import { requestLocale } from './request-locale.ts';

export default getRequestConfig(async ({ locale: asked }) => {
  const locale = isAppLocale(asked) ? asked : await requestLocale();
  return {
    locale,
    messages: await loadMessages(locale),
    // Times are always formatted with an explicit zone (the clinic's); this only makes a forgotten one visible
    // and equal on server and client.
    timeZone: 'UTC',
  };
});
