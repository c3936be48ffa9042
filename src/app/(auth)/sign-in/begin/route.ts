import { server } from '@/api/deps.ts';
import { beginForm } from '@/api/sign-in.ts';

export const GET = async (request: Request): Promise<Response> => beginForm(request, await server());
