import { handleTldrawAsset } from '@/api/http/tldraw-asset.ts';

export const GET = async (
  _request: Request,
  { params }: { params: Promise<{ file: string[] }> },
): Promise<Response> => handleTldrawAsset((await params).file);
