import { pageClinic } from '@/api/page.ts';
import { editorsOnly, mayReveal } from '@/api/settings-page.ts';
import { TrailPage } from '@/ui/trail/trail-page.tsx';

export default async function TrailRoute() {
  await editorsOnly('trail');
  const { timeZone, currency } = await pageClinic();
  return <TrailPage zone={timeZone} currency={currency} mayReveal={await mayReveal()} />;
}
