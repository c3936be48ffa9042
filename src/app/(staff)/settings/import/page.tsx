import { ImportListPage } from '@/ui/imports/import-list-page.tsx';

export default function ImportRoute() {
  return <ImportListPage />;
}
