import { editorsOnly } from '@/api/settings-page.ts';
import { SpecialistPage } from '@/ui/people/specialist-page.tsx';

export default async function PeopleSpecialistRoute({
  params,
}: {
  params: Promise<{ specialistId: string }>;
}) {
  await editorsOnly('people');
  const { specialistId } = await params;
  return <SpecialistPage key={specialistId} specialistId={specialistId} />;
}
