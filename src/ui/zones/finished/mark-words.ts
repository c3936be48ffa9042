import { useTranslations } from 'next-intl';
import { isMark, type SchemeRecord } from '../../../domain/scheme/marks.ts';
import { givenBy, hundredthsOf } from '../../../domain/scheme/totals.ts';
import { useDrawingWords } from '../card/words.ts';

/** What a record is, and what it says, in words. */
export function useMarkWords() {
  const t = useTranslations('zones.finished');
  const words = useDrawingWords();

  function nameOf(record: SchemeRecord): string {
    switch (record.type) {
      case 'path':
        return t(`kinds.${record.props.kind}`);
      case 'finding':
        return t(`kinds.${record.props.kind}`);
      case 'area':
        return t(`techniques.${record.props.technique}`);
      default:
        return t(`types.${record.type}`);
    }
  }

  /** Label, settings, depth and the like; empty where there is nothing more to say. */
  function detailsOf(record: SchemeRecord): string[] {
    switch (record.type) {
      case 'injection':
        return [
          ...(record.props.tool === 'cannula' ? [t('kinds.cannula')] : []),
          ...(record.props.depth === null ? [] : [t(`depths.${record.props.depth}`)]),
        ];
      case 'path':
        return record.props.depth === null ? [] : [t(`depths.${record.props.depth}`)];
      case 'area':
        return [
          record.props.label,
          record.props.settings,
          ...(record.props.passes > 1 ? [t('passes', { count: record.props.passes })] : []),
        ].filter((part) => part !== '');
      case 'finding':
        return record.props.label === '' ? [] : [record.props.label];
      default:
        return [];
    }
  }

  /** “Botulax 4 U”; null where nothing was given. */
  function givenOf(record: SchemeRecord): { product: string; dose: string } | null {
    const given = isMark(record) ? givenBy(record) : null;
    return given && { product: given.productName, dose: words.dose(hundredthsOf(given.dose), given.unit) };
  }

  return { nameOf, detailsOf, givenOf };
}
