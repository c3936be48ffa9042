import { server } from '@/api/deps.ts';
import { handleImportReport } from '@/api/http/import-report.ts';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return handleImportReport(request, (await params).id, await server());
}
