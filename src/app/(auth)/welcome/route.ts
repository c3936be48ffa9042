import { welcome } from '@/api/sign-in.ts';
import { servePage } from '@/app/serve-page.ts';

export const GET = (request: Request): Promise<Response> =>
  servePage(request, (server) => welcome(request, server));
