'use client';

import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icons.tsx';

type IconButtonProps = { icon: IconName; label: string } & Omit<ActionIconProps, 'children' | 'aria-label'> &
  Pick<
    ComponentProps<'button'>,
    'onClick' | 'type' | 'aria-expanded' | 'aria-controls' | 'aria-pressed' | 'ref'
  >;

/** A button that shows only an icon: its label is spoken and shown on hover. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <ActionIcon variant="subtle" color="gray" size={36} {...rest} aria-label={label} title={label}>
      <Icon name={icon} />
    </ActionIcon>
  );
}
