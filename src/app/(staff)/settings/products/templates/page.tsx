import { editorsOnly } from '@/api/settings-page.ts';
import { TemplatesPage } from '@/ui/pictures/templates-page.tsx';

export default async function TemplatesRoute() {
  await editorsOnly('products');
  return <TemplatesPage />;
}
