'use client';

import { useMantineColorScheme } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import type { IconName } from '../kit/icons.tsx';

export const colourModes = ['light', 'dark', 'auto'] as const;
type ColourMode = (typeof colourModes)[number];

export const colourModeIcons: Record<ColourMode, IconName> = { light: 'sun', dark: 'moon', auto: 'device' };
const following: Record<ColourMode, ColourMode> = { light: 'dark', dark: 'auto', auto: 'light' };

const noChanges = () => () => undefined;

/** The mode kept on this device; while the server renders, it is as on the device. */
export function useColourMode() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const inBrowser = useSyncExternalStore(
    noChanges,
    () => true,
    () => false,
  );
  return { mode: inBrowser ? colorScheme : 'auto', choose: setColorScheme };
}

/** Steps through light, dark and the device's own; the label tells where it stands. */
export function ColourModeSwitch() {
  const t = useTranslations('shell');
  const { mode, choose } = useColourMode();
  return (
    <IconButton
      icon={colourModeIcons[mode]}
      label={`${t('colourMode')}: ${t(`colourModes.${mode}`)}`}
      onClick={() => choose(following[mode])}
    />
  );
}
