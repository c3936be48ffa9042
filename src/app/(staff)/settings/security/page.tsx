import { pageClinic } from '@/api/page.ts';
import { editorsOnly } from '@/api/settings-page.ts';
import { SecurityPage } from '@/ui/access/security-page.tsx';

export default async function SecurityRoute() {
  await editorsOnly('security');
  const { timeZone } = await pageClinic();
  return <SecurityPage zone={timeZone} />;
}
