import { pageCaller, pageClinic } from '@/api/page.ts';
import { editorsOnly } from '@/api/settings-page.ts';
import { AccountPage } from '@/ui/access/account-page.tsx';

export default async function AccountRoute({ params }: { params: Promise<{ accountId: string }> }) {
  await editorsOnly('people');
  const [{ accountId }, { session }, { timeZone }] = await Promise.all([params, pageCaller(), pageClinic()]);
  return (
    <AccountPage
      key={accountId}
      accountId={accountId}
      ownAccountId={session?.accountId ?? ''}
      zone={timeZone}
    />
  );
}
