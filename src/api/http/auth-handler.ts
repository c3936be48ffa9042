/** The sign-in library's doors, with their failures told apart. */
import type { NextAuthOptions } from 'next-auth';
import { nextAuthOptions, type Watch } from '../auth.ts';
import type { Server } from '../deps.ts';
import { deviceCookie } from '../session-cookie.ts';

/**
 * Lets the library answer. It would turn a failure of the database into "wrong password" with the error's words in the address, end
 * sessions that it couldn't read, and call a session ended that lives on: here the failure is thrown, and nothing it set is sent.
 * After a sign-in on a device that is new to the account, the answer carries the device's cookie too.
 */
export async function handleAuth(
  { deps, env }: Pick<Server, 'deps' | 'env'>,
  answer: (options: NextAuthOptions) => Promise<Response>,
): Promise<Response> {
  const failures: unknown[] = [];
  const watch: Watch = async (work) => {
    try {
      return await work();
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  const deviceTokens: string[] = [];
  const options = nextAuthOptions(deps, env, watch, (token) => void deviceTokens.push(token));
  const response = await answer(options);
  if (failures.length > 0) throw failures[0];
  for (const token of deviceTokens) response.headers.append('set-cookie', deviceCookie(env.APP_URL, token));
  return response;
}
