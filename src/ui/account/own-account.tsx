import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import { EmailProof } from './email-proof.tsx';
import { FactorSection } from './factor-section.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { PasswordForm } from './password-form.tsx';
import { PersonForm } from './person-form.tsx';
import { PinSection } from './pin-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import type { OwnAccount, OwnPresence, OwnSecurity } from './types.ts';

/** One's own account, a section a matter, each saved by itself. For clients and staff alike; no part of the component library. */
export function OwnAccountSections(props: {
  account: OwnAccount;
  security: OwnSecurity;
  presence: OwnPresence;
  needsFactor: boolean;
  zone: string;
  /** The page's own address, to come back to. */
  here: string;
}) {
  const t = useTranslations('account');
  const { account, security, zone } = props;
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
      <FactorSection security={security} isNeeded={props.needsFactor} zone={zone} here={props.here} />
      {security.hasPin !== null && <PinSection hasPin={security.hasPin} />}
      <SessionsSection presence={props.presence} zone={zone} />
      <Section title={t('me.session')}>
        <SignOutButton />
      </Section>
    </div>
  );
}
