import { editorsOnly } from '@/api/settings-page.ts';
import { CatalogueList } from '@/ui/catalogue/catalogue-list.tsx';

export default async function CatalogueRoute() {
  await editorsOnly('catalogue');
  return <CatalogueList />;
}
