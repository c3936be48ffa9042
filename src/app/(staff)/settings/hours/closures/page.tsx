import { editorsOnly } from '@/api/settings-page.ts';
import { HoursPage } from '@/ui/hours/hours-page.tsx';

export default async function HoursClosuresRoute() {
  await editorsOnly('hours');
  return <HoursPage selected="closures" />;
}
