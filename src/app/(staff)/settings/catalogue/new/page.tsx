import { editorsOnly } from '@/api/settings-page.ts';
import { ServicePage } from '@/ui/catalogue/service-page.tsx';

export default async function CatalogueNewRoute() {
  await editorsOnly('catalogue');
  return <ServicePage serviceId={null} />;
}
