import { useMessages, useTranslations } from 'next-intl';
import type { AreaMessages } from '../../../i18n/types.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import type { DoseUnit } from '../../../domain/scheme/marks.ts';
import { templateKey } from '../../../domain/scheme/template-key.ts';

type Zones = AreaMessages['zones'];

const sideEnd = /^(.+)_(left|right)$/;

/** The words that all pages about drawings share: of templates, regions and doses. */
export function useDrawingWords() {
  const t = useTranslations('zones');
  const { zones } = useMessages();
  const format = useFormat();
  const isRegion = (key: string): key is keyof Zones['regions'] => Object.hasOwn(zones.regions, key);
  return {
    /** “Crow’s feet, left” for `crows_feet_left`; null lies outside every region. */
    region(name: string | null): string {
      if (name === null) return t('card.elsewhere');
      if (isRegion(name)) return t(`regions.${name}`);
      const [, key = name, side] = sideEnd.exec(name) ?? [];
      if (!isRegion(key)) return name.replaceAll('_', ' ');
      return side === 'left' || side === 'right'
        ? t('card.side', { region: t(`regions.${key}`), side: t(`sides.${side}`) })
        : t(`regions.${key}`);
    },
    /** What a scheme is drawn on; `title` is the name of a picture. */
    template(drawn: { templateKey: string | null; title?: string }): string {
      const known = templateKey.safeParse(drawn.templateKey);
      if (known.success) return t(`templates.${known.data}`);
      return drawn.title || t('card.photograph');
    },
    unit: (unit: DoseUnit): string => t(`card.unitNames.${unit}`),
    dose: (hundredths: number, unit: DoseUnit): string =>
      t(`card.units.${unit}`, { dose: format.number(hundredths / 100) }),
  };
}
