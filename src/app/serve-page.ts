import { getLocale, getTranslations } from 'next-intl/server';
import { type Server, serve } from '@/api/deps.ts';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** As `serve`, for doors that a browser also goes through by itself: a person is told in words, and brought back where that is safe. */
export async function servePage(
  request: Request,
  work: (opened: Server) => Promise<Response>,
): Promise<Response> {
  const answer = await serve(work);
  const isPage = request.headers.get('accept')?.includes('text/html') === true;
  if (answer.status !== 503 || !isPage) return answer;
  const [t, locale] = [await getTranslations('refusals'), await getLocale()];
  const headers = new Headers(answer.headers);
  headers.set('content-type', 'text/html; charset=utf-8');
  headers.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
  // A form isn't sent again by itself.
  if (request.method === 'GET') headers.set('refresh', headers.get('retry-after') ?? '2');
  const words = escaped(t('busy'));
  const look =
    'font:16px/1.5 system-ui;margin:20vh auto;max-width:30rem;padding:0 1.5rem;color-scheme:light dark';
  return new Response(
    `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>503</title><body style="${look}"><p role="alert">${words}</p></body></html>`,
    { status: 503, headers },
  );
}
