import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ForgotPassword } from '@/ui/account/forgot-password.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.recovery'))('title') };
}

export default function ForgotPasswordPage() {
  return <ForgotPassword />;
}
