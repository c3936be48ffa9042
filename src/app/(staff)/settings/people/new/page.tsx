import { editorsOnly } from '@/api/settings-page.ts';
import { SpecialistPage } from '@/ui/people/specialist-page.tsx';

export default async function PeopleNewRoute() {
  await editorsOnly('people');
  return <SpecialistPage specialistId={null} />;
}
