import { editorsOnly } from '@/api/settings-page.ts';
import { HoursPage } from '@/ui/hours/hours-page.tsx';

export default async function HoursResourceRoute({ params }: { params: Promise<{ resourceId: string }> }) {
  await editorsOnly('hours');
  const { resourceId } = await params;
  return <HoursPage selected={resourceId} />;
}
