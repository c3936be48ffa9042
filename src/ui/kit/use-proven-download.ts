'use client';

import { useState } from 'react';
import { useProblemText } from './refusal-text.ts';
import { toast } from './toasts.ts';

/**
 * Fetches a file that takes a fresh proof of who asks: `ask` brings the proof about (the API's client asks for it where it is missing),
 * then the browser loads `href`.
 */
export function useProvenDownload(ask: () => Promise<unknown>, href: string, onStart?: () => void) {
  const problemText = useProblemText();
  const [isAsking, setAsking] = useState(false);
  const start = async () => {
    setAsking(true);
    try {
      await ask();
      window.location.assign(href);
      onStart?.();
    } catch (error) {
      toast(problemText(error), { tone: 'danger' });
    } finally {
      setAsking(false);
    }
  };
  return { isAsking, start: () => void start() };
}
