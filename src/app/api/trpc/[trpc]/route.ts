import { server } from '@/api/deps.ts';
import { compressed } from '@/api/http/compressed.ts';
import { handleTrpc } from '@/api/http/trpc-handler.ts';

const handle = async (request: Request) => compressed(request, await handleTrpc(request, await server()));

export { handle as GET, handle as POST };
