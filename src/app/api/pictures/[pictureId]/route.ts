import { serve } from '@/api/deps.ts';
import { handlePicture } from '@/api/http/picture.ts';

export const GET = async (
  request: Request,
  { params }: { params: Promise<{ pictureId: string }> },
): Promise<Response> => {
  const { pictureId } = await params;
  return serve((server) => handlePicture(request, pictureId, server));
};
