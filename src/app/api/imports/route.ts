import { serve } from '@/api/deps.ts';
import { handleImportUpload } from '@/api/http/import-upload.ts';

export const POST = (request: Request): Promise<Response> =>
  serve((server) => handleImportUpload(request, server));
