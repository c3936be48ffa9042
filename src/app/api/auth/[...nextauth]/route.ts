import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { handleAuth } from '@/api/http/auth-handler.ts';
import { servePage } from '@/app/serve-page.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = (request: NextRequest, context: Context): Promise<Response> =>
  servePage(request, (server) =>
    handleAuth(server, async (options): Promise<Response> => NextAuth(request, context, options)),
  );

export { handle as GET, handle as POST };
