import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import { EmailProof } from './email-proof.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { PasswordForm } from './password-form.tsx';
import { PersonForm } from './person-form.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import type { OwnAccount } from './types.ts';

/** One's own account, a section a matter, each saved by itself. For clients and staff alike; no part of the component library. */
export function OwnAccountSections({ account }: { account: OwnAccount }) {
  const t = useTranslations('account');
  return (
    <div className="flex flex-col gap-6">
      <Section title={t('me.person')}>
        <PersonForm account={account} />
      </Section>
      <Section title={t('me.email')}>
        {account.emailVerified || account.kind === 'staff' ? (
          <p className="flex items-center gap-2">
            <Icon name="check" size={18} className="shrink-0 text-settled" />
            <span className="min-w-0 break-words">{t('me.emailProven', { email: account.email })}</span>
          </p>
        ) : (
          <EmailProof account={account} />
        )}
      </Section>
      <Section title={t('me.language')} lead={t('me.languageText')}>
        <LanguageChoice />
      </Section>
      <Section title={t('me.password')}>
        <PasswordForm email={account.email} />
      </Section>
      <Section title={t('me.session')}>
        <SignOutButton />
      </Section>
    </div>
  );
}
