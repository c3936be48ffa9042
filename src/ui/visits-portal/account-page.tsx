import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { Section } from '../kit/section.tsx';
import { AccountForm } from './account-form.tsx';
import { EmailProof } from './email-proof.tsx';
import { LanguageChoice } from './language-choice.tsx';
import type { OwnAccount } from './own-account.ts';
import { PasswordForm } from './password-form.tsx';
import { SignOutButton } from './sign-out-button.tsx';

/** One's own account, a section a matter, each saved by itself. */
export function AccountPage({ account }: { account: OwnAccount }) {
  const t = useTranslations('visits.me');
  return (
    <div className="mx-auto flex max-w-160 flex-col gap-6">
      <PageHeader title={t('title')} />
      <Section title={t('name')}>
        <AccountForm account={account} />
      </Section>
      <Section title={t('email')}>
        {account.emailVerified || account.kind === 'staff' ? (
          <p className="flex items-center gap-2">
            <Icon name="check" size={18} className="shrink-0 text-settled" />
            <span className="min-w-0">{t('emailProven', { email: account.email })}</span>
          </p>
        ) : (
          <EmailProof account={account} />
        )}
      </Section>
      <Section title={t('language')} lead={t('languageText')}>
        <LanguageChoice account={account} />
      </Section>
      <Section title={t('password')}>
        <PasswordForm email={account.email} />
      </Section>
      <Section title={t('session')}>
        <SignOutButton />
      </Section>
    </div>
  );
}
