'use client';

import { Menu, UnstyledButton } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { signOut } from './sign-out.ts';

export interface AccountIdentity {
  id: string;
  name: string;
  email: string;
}

export function AccountMenu({ account }: { account: AccountIdentity }) {
  const t = useTranslations('shell.account');
  const leave = () => {
    signOut().catch(() => toast(t('signOutFailed'), { tone: 'danger' }));
  };
  return (
    <Menu position="bottom-end" width={260} transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <UnstyledButton
          aria-label={t('menu', { name: account.name })}
          className="grid size-11 place-items-center"
        >
          <PersonMark name={account.name} hue={hueOf(account.id)} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="px-3 py-2">
          <p className="truncate font-semibold">{account.name}</p>
          <p className="truncate text-sm text-soft">{account.email}</p>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" size={18} />} onClick={leave}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
