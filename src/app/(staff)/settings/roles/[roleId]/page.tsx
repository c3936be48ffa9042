import { editorsOnly, ownRights } from '@/api/settings-page.ts';
import { RolePage } from '@/ui/access/role-page.tsx';

export default async function RoleRoute({ params }: { params: Promise<{ roleId: string }> }) {
  await editorsOnly('roles');
  const { roleId } = await params;
  return <RolePage key={roleId} roleId={roleId} ownRights={await ownRights()} />;
}
