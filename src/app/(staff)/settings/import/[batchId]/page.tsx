import { editorsOnly } from '@/api/settings-page.ts';
import { ImportPage } from '@/ui/imports/import-page.tsx';

export default async function ImportBatchRoute({ params }: { params: Promise<{ batchId: string }> }) {
  await editorsOnly('import');
  const { batchId } = await params;
  return <ImportPage key={batchId} batchId={batchId} />;
}
