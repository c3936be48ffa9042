import { serve } from '@/api/deps.ts';
import { handleImportReport } from '@/api/http/import-report.ts';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return serve((server) => handleImportReport(request, id, server));
}
