'use client';

import { useRef, useState } from 'react';
import { z } from 'zod';
import type { UploadAnswer } from '../../api/http/import-upload.ts';
import type { Refusal } from '../../domain/refusal.ts';

export type UploadState =
  | { step: 'idle' }
  | { step: 'sending'; name: string; percent: number }
  | { step: 'refused'; refusal: Refusal }
  | { step: 'lost' };

const answerSchema = z.union([
  z.object({ batchId: z.string() }),
  z.object({ refusal: z.object({ code: z.string() }) }),
]);

/** The answer of the upload's route; null where it is none of ours. */
function readAnswer(body: unknown): UploadAnswer | null {
  // Refusals come from the closed list of codes on the server; only the shape is looked at here.
  return answerSchema.safeParse(body).success ? (body as UploadAnswer) : null;
}

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
      const answer = readAnswer(request.response);
      if (answer === null) setState({ step: 'lost' });
      else if ('batchId' in answer) onArrived(answer.batchId);
      else setState({ step: 'refused', refusal: answer.refusal });
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
