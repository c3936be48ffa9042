'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Dialog } from '../../kit/dialog.tsx';
import { IconButton } from '../../kit/icon-button.tsx';
import { Bone, Loading } from '../../kit/skeletons.tsx';
import type { ListedDrawing } from './types.ts';

const Waiting = () => (
  <Loading>
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {['one', 'two', 'three', 'four'].map((key) => (
        <Bone key={key} height={190} />
      ))}
    </div>
  </Loading>
);

/** The templates' lines are loaded as the question is asked, and not before. */
const ChooseBackdrop = dynamic(
  () => import('./choose-backdrop.tsx').then(({ ChooseBackdrop: loaded }) => loaded),
  { ssr: false, loading: Waiting },
);

export function NewDrawing(props: {
  opened: boolean;
  onClose: () => void;
  clientId: string;
  visitId: string | null;
  drawings: readonly ListedDrawing[];
  zone: string;
}) {
  const t = useTranslations();
  const { opened, onClose, ...choose } = props;
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      label={t('zones.card.choose.title')}
      className="m-auto max-h-[min(56rem,calc(100dvh-2rem))] w-[min(58rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-0 text-ink max-sm:m-0 max-sm:h-dvh max-sm:max-h-none max-sm:w-screen max-sm:max-w-none max-sm:rounded-none max-sm:border-0"
    >
      <div className="sticky top-0 z-10 flex min-h-14 items-center gap-3 border-b border-line bg-surface pr-2 pl-6 max-sm:pl-4">
        <h2 className="min-w-0 flex-1 text-lg font-semibold">{t('zones.card.choose.title')}</h2>
        <IconButton icon="close" label={t('shell.close')} onClick={onClose} />
      </div>
      <div className="p-6 max-sm:p-4">
        <ChooseBackdrop {...choose} />
      </div>
    </Dialog>
  );
}
