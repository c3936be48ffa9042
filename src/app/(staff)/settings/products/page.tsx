import { editorsOnly } from '@/api/settings-page.ts';
import { ProductsPage } from '@/ui/products/products-page.tsx';

export default async function ProductsRoute() {
  await editorsOnly('products');
  return <ProductsPage />;
}
