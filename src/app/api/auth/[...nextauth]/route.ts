import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { nextAuthOptions } from '@/api/auth.ts';
import { server } from '@/api/deps.ts';

async function handle(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const { deps, env } = await server();
  return NextAuth(request, context, nextAuthOptions(deps, env));
}

export { handle as GET, handle as POST };
