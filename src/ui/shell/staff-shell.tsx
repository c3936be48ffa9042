'use client';

import { UnstyledButton } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Section } from '../../domain/access/section.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import { OfflineBanner } from '../kit/offline-banner.tsx';
import { ShortcutProvider, useShortcut } from '../kit/shortcuts.tsx';
import { Toaster } from '../kit/toaster.tsx';
import { type AccountIdentity, AccountMenu } from './account-menu.tsx';
import { ColourModeSwitch } from './colour-mode-switch.tsx';
import { CommandSearch } from './command-search.tsx';
import { CommandProvider, matches, useCommandSource } from './commands.tsx';
import { KeyList } from './key-list.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { OpenSections } from './open-sections.tsx';
import { openPlaces, settingsPlaces, staffPlaces } from './staff-places.ts';
import { contentId, SkipLink } from './skip-link.tsx';
import { StaffRail } from './staff-rail.tsx';

interface StaffShellProps {
  account: AccountIdentity;
  clinicName: string;
  /** Sections this account may use; the pages of the others refuse by themselves. */
  open: readonly Section[];
  children: ReactNode;
}

function TopBar({ account, clinicName, open: sections }: Omit<StaffShellProps, 'children'>) {
  const t = useTranslations('staff');
  const router = useRouter();
  const [open, setOpen] = useState<'search' | 'keys' | null>(null);
  const close = () => setOpen(null);
  const search = { label: t('keySearch'), scope: 'everywhere' } as const;
  useShortcut({ ...search, keys: '/' }, () => setOpen('search'));
  useShortcut({ ...search, keys: 'ctrl+k' }, () => setOpen('search'));
  useShortcut({ keys: '?', label: t('keyHelp'), scope: 'everywhere' }, () => setOpen('keys'));
  useCommandSource({
    id: 'pages',
    label: t('groupPages'),
    find: (query) =>
      openPlaces([...staffPlaces, ...settingsPlaces], sections)
        .map((place) => ({ ...place, text: t(place.label) }))
        .filter(({ text }) => matches(text, query))
        .map(({ href, icon, text }) => ({ id: href, icon, label: text, run: () => router.push(href) })),
  });
  return (
    <header
      data-print="hide"
      className="sticky top-0 z-20 flex h-14 items-center gap-1 border-b border-line bg-surface px-4 md:px-6"
    >
      <p className="mr-4 hidden min-w-0 truncate font-semibold sm:block">{clinicName}</p>
      <UnstyledButton
        onClick={() => setOpen('search')}
        className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md border border-line bg-sunken px-3 text-soft hover:border-line-strong sm:mx-auto sm:max-w-80"
      >
        <Icon name="search" size={18} className="shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left text-sm">{t('search')}</span>
        <span className="hidden md:block">
          <KeyHint keys={['Ctrl', 'K']} />
        </span>
      </UnstyledButton>
      <span className="hidden md:block">
        <IconButton icon="keyboard" label={t('keys')} onClick={() => setOpen('keys')} />
      </span>
      <LanguageSwitch />
      <ColourModeSwitch />
      <AccountMenu account={account} />
      <CommandSearch opened={open === 'search'} onClose={close} />
      <KeyList opened={open === 'keys'} onClose={close} />
    </header>
  );
}

export function StaffShell({ children, ...bar }: StaffShellProps) {
  return (
    <ShortcutProvider>
      <CommandProvider>
        <OpenSections open={bar.open}>
          <SkipLink />
          <div className="md:flex">
            <StaffRail open={bar.open} />
            <div className="min-w-0 flex-1">
              <TopBar {...bar} />
              <OfflineBanner />
              <main id={contentId} tabIndex={-1} className="px-4 pt-6 pb-24 md:px-6 md:pb-10">
                {children}
              </main>
            </div>
          </div>
          <Toaster />
        </OpenSections>
      </CommandProvider>
    </ShortcutProvider>
  );
}
