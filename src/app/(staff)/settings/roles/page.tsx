import { editorsOnly, ownRights } from '@/api/settings-page.ts';
import { RolesPage } from '@/ui/access/roles-page.tsx';

export default async function RolesRoute() {
  await editorsOnly('roles');
  return <RolesPage mayEdit={(await ownRights()).includes('roles.edit')} />;
}
