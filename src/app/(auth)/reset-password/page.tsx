import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ResetPassword } from '@/ui/account/reset-password.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.recovery'))('newTitle'), referrer: 'no-referrer' };
}

export default function ResetPasswordPage() {
  return <ResetPassword />;
}
