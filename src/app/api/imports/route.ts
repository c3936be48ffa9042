import { server } from '@/api/deps.ts';
import { handleImportUpload } from '@/api/http/import-upload.ts';

export const POST = async (request: Request) => handleImportUpload(request, await server());
