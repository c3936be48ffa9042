import { editorsOnly } from '@/api/settings-page.ts';
import { PeoplePage } from '@/ui/people/people-page.tsx';

export default async function PeopleRoute() {
  await editorsOnly('people');
  return <PeoplePage />;
}
