import { server } from '@/api/deps.ts';
import { welcome } from '@/api/sign-in.ts';

export const GET = async (request: Request): Promise<Response> => welcome(request, await server());
