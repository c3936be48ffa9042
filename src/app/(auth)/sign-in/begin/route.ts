import { beginForm } from '@/api/sign-in.ts';
import { servePage } from '@/app/serve-page.ts';

export const GET = (request: Request): Promise<Response> =>
  servePage(request, (server) => beginForm(request, server));
