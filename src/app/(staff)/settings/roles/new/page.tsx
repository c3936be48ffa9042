import { ownRights, roleEditorsOnly } from '@/api/settings-page.ts';
import { RolePage } from '@/ui/access/role-page.tsx';

export default async function NewRoleRoute() {
  await roleEditorsOnly();
  return <RolePage key="new" roleId={null} ownRights={await ownRights()} />;
}
