import { editorsOnly } from '@/api/settings-page.ts';
import { RoomsPage } from '@/ui/people/rooms-page.tsx';

export default async function RoomsRoute() {
  await editorsOnly('rooms');
  return <RoomsPage />;
}
