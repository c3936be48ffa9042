'use client';

import { useRef, useState } from 'react';
import { maxPictureBytes, pictureAnswer, type UploadQuery } from '../../domain/picture.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { uploadHref } from './addresses.ts';

export interface RefusedFile {
  name: string;
  /** Null: no answer came. */
  refusal: Refusal | null;
}

export interface PictureSending {
  name: string;
  percent: number;
  /** Which of how many, from 1. */
  number: number;
  count: number;
}

type Sent = { pictureId: string } | { refusal: Refusal | null } | 'stopped';

/** One file, with its progress, which `fetch` can't tell. */
function sendOne(
  file: File,
  href: string,
  take: (request: XMLHttpRequest) => void,
  onPercent: (percent: number) => void,
): Promise<Sent> {
  if (file.size > maxPictureBytes)
    return Promise.resolve({ refusal: { code: 'unreadable_file', reason: 'too_large' } });
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    take(request);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onPercent(total === 0 ? 0 : Math.round((loaded / total) * 100)),
    );
    request.addEventListener('load', () => {
      const answer = pictureAnswer.safeParse(request.response);
      resolve(answer.success ? answer.data : { refusal: null });
    });
    request.addEventListener('error', () => resolve({ refusal: null }));
    request.addEventListener('abort', () => resolve('stopped'));
    request.responseType = 'json';
    request.open('POST', href);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

/** Sends files one after another; those that are refused don't keep the others from coming. */
export function usePictureUpload(options: {
  queryOf: (file: File) => UploadQuery;
  onKept: (pictureIds: readonly string[]) => void;
}) {
  const [sending, setSending] = useState<PictureSending | null>(null);
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const running = useRef<XMLHttpRequest | null>(null);
  const send = async (files: readonly File[]) => {
    if (files.length === 0 || sending !== null) return;
    setRefused([]);
    const kept: string[] = [];
    const failed: RefusedFile[] = [];
    for (const [index, file] of files.entries()) {
      const { name } = file;
      const say = (percent: number) => setSending({ name, percent, number: index + 1, count: files.length });
      say(0);
      const sent = await sendOne(
        file,
        uploadHref(options.queryOf(file)),
        (request) => {
          running.current = request;
        },
        say,
      );
      if (sent === 'stopped') break;
      if ('pictureId' in sent) kept.push(sent.pictureId);
      else failed.push({ name, refusal: sent.refusal });
    }
    running.current = null;
    setSending(null);
    setRefused(failed);
    if (kept.length > 0) options.onKept(kept);
  };
  return { sending, refused, send, stop: () => running.current?.abort() };
}
