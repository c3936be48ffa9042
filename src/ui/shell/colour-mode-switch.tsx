'use client';

import { useTranslations } from 'next-intl';
import { type ColourMode, useColourMode } from '../kit/colour-mode.ts';
import { IconButton } from '../kit/icon-button.tsx';
import type { IconName } from '../kit/icons.tsx';

const icons: Record<ColourMode, IconName> = { light: 'sun', dark: 'moon', auto: 'device' };
const following: Record<ColourMode, ColourMode> = { light: 'dark', dark: 'auto', auto: 'light' };

/** Steps through light, dark and the device's own; the label tells where it stands. */
export function ColourModeSwitch() {
  const t = useTranslations('shell');
  const { mode, choose } = useColourMode();
  return (
    <IconButton
      icon={icons[mode]}
      label={`${t('colourMode')}: ${t(`colourModes.${mode}`)}`}
      onClick={() => choose(following[mode])}
    />
  );
}
