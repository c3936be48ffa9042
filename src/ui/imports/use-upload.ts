'use client';

import { useRef, useState } from 'react';
import { uploadAnswer } from '../../domain/import-upload.ts';
import type { Refusal } from '../../domain/refusal.ts';

export type UploadState =
  | { step: 'idle' }
  | { step: 'sending'; name: string; percent: number }
  | { step: 'refused'; refusal: Refusal }
  | { step: 'lost' };

/** Sends one file with its progress, which `fetch` can't tell, and hands over where to go on. */
export function useUpload(onArrived: (batchId: string) => void) {
  const [state, setState] = useState<UploadState>({ step: 'idle' });
  const running = useRef<XMLHttpRequest | null>(null);
  const send = (file: File) => {
    const request = new XMLHttpRequest();
    running.current = request;
    setState({ step: 'sending', name: file.name, percent: 0 });
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      setState({
        step: 'sending',
        name: file.name,
        percent: total === 0 ? 0 : Math.round((loaded / total) * 100),
      }),
    );
    request.addEventListener('load', () => {
      const answer = uploadAnswer.safeParse(request.response);
      if (!answer.success) setState({ step: 'lost' });
      else if ('batchId' in answer.data) onArrived(answer.data.batchId);
      else setState({ step: 'refused', refusal: answer.data.refusal });
    });
    request.addEventListener('error', () => setState({ step: 'lost' }));
    request.addEventListener('abort', () => setState({ step: 'idle' }));
    request.responseType = 'json';
    request.open('POST', `/api/imports?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  };
  return { state, send, stop: () => running.current?.abort() };
}
