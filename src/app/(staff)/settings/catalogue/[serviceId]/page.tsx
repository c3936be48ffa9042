import { editorsOnly } from '@/api/settings-page.ts';
import { ServicePage } from '@/ui/catalogue/service-page.tsx';

export default async function CatalogueServiceRoute({ params }: { params: Promise<{ serviceId: string }> }) {
  await editorsOnly('catalogue');
  const { serviceId } = await params;
  return <ServicePage key={serviceId} serviceId={serviceId} />;
}
