import { serve } from '@/api/deps.ts';
import { handleTrpc } from '@/api/http/trpc-handler.ts';

const handle = (request: Request): Promise<Response> => serve((server) => handleTrpc(request, server));

export { handle as GET, handle as POST };
