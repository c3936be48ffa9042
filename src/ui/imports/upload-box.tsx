'use client';

import { Button, Progress } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type DragEvent, useRef, useState } from 'react';
import { Icon } from '../kit/icons.tsx';
import { useUploadRefusal } from './unreadable-text.ts';
import { useUpload } from './use-upload.ts';

const accepted = '.csv,.tsv,.txt,.xlsx';

/** Takes one file by drop or choice and shows it go; what is wrong with it stands right here. */
export function UploadBox() {
  const t = useTranslations('imports');
  const refusalText = useUploadRefusal();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { state, send, stop } = useUpload((batchId) => router.push(`/settings/import/${batchId}`));
  const take = (files: FileList | null) => {
    const file = files?.item(0);
    if (file) send(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (state.step !== 'sending') take(event.dataTransfer.files);
  };
  const isSending = state.step === 'sending';
  return (
    <section
      aria-label={t('dropTitle')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={`flex min-h-48 flex-col items-center justify-center gap-3 rounded-md border border-dashed px-4 py-8 text-center ${
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface'
      }`}
    >
      {isSending ? (
        <div className="w-full max-w-md" role="status">
          <p className="mb-3 truncate font-medium">{t('uploading', { name: state.name })}</p>
          <Progress value={state.percent} aria-label={t('uploading', { name: state.name })} />
          <p className="mt-2 text-sm text-soft tabular-nums">
            {state.percent < 100 ? t('uploaded', { percent: state.percent }) : t('reading')}
          </p>
          <Button className="mt-3" size="xs" variant="default" onClick={stop}>
            {t('cancelUpload')}
          </Button>
        </div>
      ) : (
        <>
          <span className="grid size-12 place-items-center rounded-full bg-sunken text-soft">
            <Icon name="upload" size={24} />
          </span>
          <div>
            <p className="font-medium">{t('dropTitle')}</p>
            <p className="text-sm text-soft">{t('dropText')}</p>
          </div>
          <Button onClick={() => input.current?.click()}>{t('choose')}</Button>
        </>
      )}
      <input
        ref={input}
        type="file"
        accept={accepted}
        aria-label={t('choose')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {state.step === 'refused' && (
        <p role="alert" className="max-w-prose text-danger">
          {refusalText(state.refusal)}
        </p>
      )}
      {state.step === 'lost' && (
        <p role="alert" className="max-w-prose text-danger">
          {t('uploadFailed')}
        </p>
      )}
    </section>
  );
}
