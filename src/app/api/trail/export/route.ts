import { serve } from '@/api/deps.ts';
import { handleTrailExport } from '@/api/http/trail-export.ts';

export async function GET(request: Request): Promise<Response> {
  return serve((server) => handleTrailExport(request, server));
}
