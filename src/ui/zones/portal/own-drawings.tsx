import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../../i18n/use-format.ts';
import { ButtonLink } from '../../kit/button.tsx';
import { Icon } from '../../kit/icons.tsx';
import { PageHeader } from '../../kit/page-header.tsx';
import { EmptyState } from '../../kit/states.tsx';
import { PlainImage } from '../../pictures/plain-image.tsx';
import { BackLink } from '../../visits-portal/visit-page.tsx';
import { Paper } from '../card/paper.tsx';
import { useDrawingWords } from '../card/words.ts';
import type { OwnDrawingListed } from './types.ts';

/** What the clinic has shared with the client, the latest first. */
export function OwnDrawings({ drawings, zone }: { drawings: readonly OwnDrawingListed[]; zone: string }) {
  const t = useTranslations('zones.portal');
  const visits = useTranslations('visits');
  return (
    <div className="mx-auto max-w-160">
      <BackLink href="/me" label={visits('me.title')} />
      <PageHeader title={t('title')} lead={drawings.length === 0 ? undefined : t('lead')} />
      {drawings.length === 0 ? (
        <EmptyState icon="edit" title={t('none')} text={t('noneText')}>
          <ButtonLink href="/visits" kind="secondary">
            {visits('title')}
          </ButtonLink>
        </EmptyState>
      ) : (
        <ul className="flex flex-col gap-2">
          {drawings.map((drawing) => (
            <li key={drawing.schemeId}>
              <DrawingRow drawing={drawing} zone={zone} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function DrawingRow({ drawing, zone }: { drawing: OwnDrawingListed; zone: string }) {
  const t = useTranslations('zones.portal');
  const words = useDrawingWords();
  const format = useFormat();
  return (
    <Link
      href={`/me/drawings/${drawing.schemeId}`}
      className="flex min-h-16 items-center gap-4 rounded-md border border-line bg-surface p-3 text-ink no-underline hover:border-line-strong hover:bg-hover"
    >
      <Paper className="aspect-[4/5] w-20 shrink-0">
        {drawing.thumbnail !== null && (
          <PlainImage src={drawing.thumbnail} alt="" className="h-full w-full object-contain" />
        )}
      </Paper>
      <span className="min-w-0 flex-1">
        <time dateTime={drawing.finishedAt.toISOString()} className="block font-semibold">
          {format.date(drawing.finishedAt, zone)}
        </time>
        <span className="block">{words.template(drawing)}</span>
        {drawing.specialistName !== null && (
          <span className="block text-sm text-soft">{t('by', { name: drawing.specialistName })}</span>
        )}
      </span>
      <Icon name="chevronRight" size={18} className="shrink-0 text-soft" />
    </Link>
  );
}
