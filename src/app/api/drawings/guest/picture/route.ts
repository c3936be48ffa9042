import { serve } from '@/api/deps.ts';
import { handleGuestPicture } from '@/api/http/guest-picture.ts';

export const GET = (request: Request): Promise<Response> =>
  serve((server) => handleGuestPicture(request, server));
