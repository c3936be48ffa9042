import { editorsOnly } from '@/api/settings-page.ts';
import { RoomsPage } from '@/ui/people/rooms-page.tsx';

export default async function RoomsRoute() {
  await editorsOnly('people.edit');
  return <RoomsPage />;
}
