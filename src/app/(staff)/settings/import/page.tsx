import { editorsOnly } from '@/api/settings-page.ts';
import { ImportListPage } from '@/ui/imports/import-list-page.tsx';

export default async function ImportRoute() {
  await editorsOnly('import');
  return <ImportListPage />;
}
