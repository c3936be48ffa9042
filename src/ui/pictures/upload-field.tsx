'use client';

import { Button, Progress } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type DragEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { UploadQuery } from '../../domain/picture.ts';
import { Icon } from '../kit/icons.tsx';
import { useRefusalText } from '../kit/refusal-text.ts';
import { type RefusedFile, usePictureUpload } from './use-picture-upload.ts';

const accepted = 'image/jpeg,image/png,image/webp';
const reasons = ['no_picture', 'too_many_pixels', 'too_large', 'empty'] as const;

/** Why a file isn't kept, in the words of pictures. */
function useRefusedText(): (file: RefusedFile) => string {
  const t = useTranslations('pictures.refused');
  const refusalText = useRefusalText();
  return ({ refusal }) => {
    if (refusal === null) return t('lost');
    const reason =
      refusal.code === 'unreadable_file' ? reasons.find((each) => each === refusal.reason) : undefined;
    return reason === undefined ? refusalText(refusal) : t(reason);
  };
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * Takes pictures by drop, paste, choice or a phone's camera, and shows them go; what is wrong with one stands right here.
 * `label` says what it is for.
 */
export function UploadField(props: {
  label: string;
  queryOf: (file: File) => UploadQuery;
  onKept: (pictureIds: readonly string[]) => void;
  /** People and regions are photographed with the phone at hand. */
  withCamera?: boolean;
}) {
  const t = useTranslations('pictures');
  const refusedText = useRefusedText();
  const choice = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { sending, refused, send, stop } = usePictureUpload(props);
  const take = (files: FileList | null | undefined) => void send([...(files ?? [])]);
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (!isTyping(event.target) && (event.clipboardData?.files.length ?? 0) > 0)
      take(event.clipboardData?.files);
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => onPaste(event);
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <section
      aria-label={props.label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={`flex flex-col items-center justify-center gap-3 rounded-md border border-dashed px-4 py-5 text-center ${
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface'
      }`}
    >
      {sending === null ? (
        <>
          <div>
            <p className="font-medium max-sm:hidden">{t('dropTitle')}</p>
            <p className="text-sm text-soft">{t('dropText')}</p>
          </div>
          <div className="flex flex-wrap justify-center gap-2">
            <Button
              variant="default"
              leftSection={<Icon name="upload" size={18} />}
              onClick={() => choice.current?.click()}
            >
              {t('choose')}
            </Button>
            {props.withCamera === true && (
              // A desk has no camera to hold: there it would only be the same choice of files again.
              <Button
                variant="default"
                className="hidden pointer-coarse:inline-block"
                onClick={() => camera.current?.click()}
              >
                {t('camera')}
              </Button>
            )}
          </div>
        </>
      ) : (
        <div className="w-full max-w-md" role="status">
          <p className="mb-3 truncate font-medium">{t('sending', { name: sending.name })}</p>
          <Progress value={sending.percent} aria-label={t('sending', { name: sending.name })} />
          <p className="mt-2 text-sm text-soft" data-tabular>
            {sending.percent < 100 ? t('sent', { percent: sending.percent }) : t('reading')}
            {sending.count > 1 && ` · ${t('ofMany', { number: sending.number, count: sending.count })}`}
          </p>
          <Button className="mt-3" size="xs" variant="default" onClick={stop}>
            {t('stop')}
          </Button>
        </div>
      )}
      <input
        ref={choice}
        type="file"
        multiple
        accept={accepted}
        aria-label={t('choose')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {props.withCamera === true && (
        <input
          ref={camera}
          type="file"
          accept="image/*"
          capture="environment"
          aria-label={t('camera')}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      )}
      {refused.length > 0 && (
        <div role="alert" className="max-w-prose text-left text-danger">
          <ul>
            {refused.map((file, index) => (
              <li key={`${index} ${file.name}`} className="break-words">
                {t('refusedNamed', { name: file.name, why: refusedText(file) })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
