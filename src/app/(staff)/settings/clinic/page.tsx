import { editorsOnly } from '@/api/settings-page.ts';
import { ClinicPage } from '@/ui/settings/clinic-page.tsx';

export default async function ClinicRoute() {
  await editorsOnly('clinic');
  return <ClinicPage />;
}
