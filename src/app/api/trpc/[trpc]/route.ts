import { server } from '@/api/deps.ts';
import { handleTrpc } from '@/api/http/trpc-handler.ts';

const handle = async (request: Request) => handleTrpc(request, await server());

export { handle as GET, handle as POST };
