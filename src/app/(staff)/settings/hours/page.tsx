import { editorsOnly } from '@/api/settings-page.ts';
import { HoursPage } from '@/ui/hours/hours-page.tsx';

export default async function HoursRoute() {
  await editorsOnly('hours');
  return <HoursPage selected={null} />;
}
