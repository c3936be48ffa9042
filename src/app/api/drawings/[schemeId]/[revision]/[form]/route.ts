import { serve } from '@/api/deps.ts';
import { handleDrawingFile } from '@/api/http/drawing-file.ts';

export const GET = async (
  request: Request,
  { params }: { params: Promise<{ schemeId: string; revision: string; form: string }> },
): Promise<Response> => {
  const asked = await params;
  return serve((server) => handleDrawingFile(request, asked, server));
};
