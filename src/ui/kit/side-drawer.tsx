'use client';

import { Drawer } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/**
 * Opens an appointment or a client at the right without leaving the page below, which stays usable: on a desktop
 * there is no veil and the focus may move freely; on a phone it fills the screen.
 */
export function SideDrawer(props: {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations('shell');
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      position="right"
      size="min(100vw, 28rem)"
      withOverlay={false}
      lockScroll={false}
      trapFocus={false}
      closeOnClickOutside={false}
      returnFocus
      transitionProps={{ duration: 150 }}
      closeButtonProps={{ 'aria-label': t('close') }}
      styles={{ content: { borderLeft: '1px solid var(--line)' }, title: { fontWeight: 600, minWidth: 0 } }}
    >
      {props.children}
    </Drawer>
  );
}
