import NextAuth from 'next-auth';
import { NextRequest } from 'next/server';
import { handleAuth } from '@/api/http/auth-handler.ts';
import { boundedRequest } from '@/api/http/body.ts';
import { refusedOrigin } from '@/api/http/origin.ts';
import { servePage } from '@/app/serve-page.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/** A form with an address, a password, a code and a solved puzzle. */
const maxBodyBytes = 32 * 1024;

const handle = (request: NextRequest, context: Context): Promise<Response> =>
  servePage(request, async (server) => {
    const refused = refusedOrigin(request, server.env.APP_URL);
    if (refused) return refused;
    const bounded = await boundedRequest(request, maxBodyBytes);
    if (!bounded) return new Response(null, { status: 413, headers: { 'cache-control': 'no-store' } });
    return handleAuth(
      server,
      async (options): Promise<Response> => NextAuth(new NextRequest(bounded), context, options),
    );
  });

export { handle as GET, handle as POST };
