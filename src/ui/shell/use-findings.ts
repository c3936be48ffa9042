'use client';

import { useEffect, useRef, useState } from 'react';
import { type Command, useCommandSources } from './commands.tsx';

export interface FindingGroup {
  id: string;
  label: string;
  commands: readonly Command[];
}

interface Findings {
  groups: readonly FindingGroup[];
  pending: boolean;
  failed: boolean;
}

const typingPauseMs = 120;

/** Asks every source what it has for these words; immediate ones show at once, slow ones join as they answer. */
export function useFindings(query: string, active: boolean): Findings {
  const readSources = useCommandSources();
  const read = useRef(readSources);
  const [findings, setFindings] = useState<Findings>({ groups: [], pending: false, failed: false });

  useEffect(() => {
    read.current = readSources;
  });

  useEffect(() => {
    if (!active) return;
    const abort = new AbortController();
    const sources = read.current();
    const found = new Map<string, readonly Command[]>();
    let waiting = 0;
    let failed = false;
    const show = () => {
      if (abort.signal.aborted) return;
      const groups = sources.map(({ id, label }) => ({ id, label, commands: found.get(id) ?? [] }));
      setFindings({
        groups: groups.filter(({ commands }) => commands.length > 0),
        pending: waiting > 0,
        failed,
      });
    };
    const ask = () => {
      for (const source of sources) {
        const answer = source.find(query, abort.signal);
        if (!(answer instanceof Promise)) {
          found.set(source.id, answer);
          continue;
        }
        waiting += 1;
        answer
          .then((commands) => found.set(source.id, commands))
          .catch(() => {
            failed = true;
          })
          .finally(() => {
            waiting -= 1;
            show();
          });
      }
      show();
    };
    const timer = setTimeout(ask, query === '' ? 0 : typingPauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, active]);

  return findings;
}
