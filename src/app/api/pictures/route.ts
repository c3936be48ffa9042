import { serve } from '@/api/deps.ts';
import { handlePictureUpload } from '@/api/http/picture-upload.ts';

export const POST = (request: Request): Promise<Response> =>
  serve((server) => handlePictureUpload(request, server));
