'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Editor, TLShapeId } from 'tldraw';
import { useProblemText } from '../../kit/refusal-text.ts';
import { toast } from '../../kit/toasts.ts';
import { useTRPC } from '../../trpc/client.ts';
import type { Besides } from './besides.ts';
import { isMarkShape } from './mark-fields.ts';
import type { Scheme } from './types.ts';

type Lots = Readonly<Record<string, string | null>>;

/** Marks made within a moment are told of together. */
const togetherMs = 400;

/** Lots and notes: what the server has, and over it what was just chosen here and is on its way. */
export function useBesides(editor: Editor | null, scheme: Scheme): Besides {
  const api = useTRPC();
  const queries = useQueryClient();
  const problem = useProblemText();
  const { schemeId } = scheme;
  const [next, setNext] = useState<Lots>({});
  const [underway, setUnderway] = useState<Lots>({});
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({});
  const save = useMutation(
    api.drawings.setMark.mutationOptions({
      onError: (error, { markIds }) => {
        toast(problem(error), { tone: 'danger' });
        setUnderway((lots) => without(lots, markIds));
        setNotes((texts) => without(texts, markIds));
      },
      onSettled: () => queries.invalidateQueries({ queryKey: api.drawings.get.queryKey({ schemeId }) }),
    }),
  );
  const { mutate } = save;
  const setLot = (markIds: readonly string[], lotId: string | null) => {
    if (markIds.length === 0) return;
    setUnderway((lots) => ({ ...lots, ...Object.fromEntries(markIds.map((id) => [id, lotId])) }));
    for (let at = 0; at < markIds.length; at += 500)
      mutate({ schemeId, markIds: markIds.slice(at, at + 500), lotId });
  };

  const latest = useRef({ next, setLot });
  useEffect(() => {
    latest.current = { next, setLot };
  });
  useEffect(() => {
    if (!editor) return;
    const made = new Map<string, Set<TLShapeId>>();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = () => {
      timer = null;
      for (const [lotId, ids] of made)
        latest.current.setLot(
          // What was taken back meanwhile has no lot.
          [...ids].filter((id) => editor.getShape(id) !== undefined),
          lotId,
        );
      made.clear();
    };
    const leave = editor.sideEffects.registerAfterCreateHandler('shape', (shape, source) => {
      if (source !== 'user' || !isMarkShape(shape) || shape.type === 'finding') return;
      const lotId = latest.current.next[shape.props.given?.productId ?? ''] ?? null;
      if (lotId === null) return;
      made.set(lotId, (made.get(lotId) ?? new Set<TLShapeId>()).add(shape.id));
      timer ??= setTimeout(tell, togetherMs);
    });
    return () => {
      leave();
      if (timer) {
        clearTimeout(timer);
        tell();
      }
    };
  }, [editor]);

  const kept = new Map(scheme.marks.map((mark) => [mark.markId, mark]));
  const numbers = new Map([
    ...scheme.marks.flatMap(({ lotId, lotNumber }) =>
      lotId && lotNumber ? [[lotId, lotNumber] as const] : [],
    ),
    ...scheme.products.flatMap(({ lots }) => lots.map(({ lotId, number }) => [lotId, number] as const)),
  ]);
  const lotOf = (markId: string): string | null =>
    markId in underway ? (underway[markId] ?? null) : (kept.get(markId)?.lotId ?? null);
  return {
    lotOf,
    lotNumber: (lotId) => numbers.get(lotId) ?? null,
    noteOf: (markId) => notes[markId] ?? kept.get(markId)?.note ?? '',
    nextLot: (productId) => next[productId] ?? null,
    chooseLot: (productId, lotId, markIds) => {
      setNext((lots) => ({ ...lots, [productId]: lotId }));
      setLot(markIds, lotId);
    },
    copyLot: (markId, lotId) => setLot([markId], lotId),
    setNote: (markIds, note) => {
      setNotes((texts) => ({ ...texts, ...Object.fromEntries(markIds.map((id) => [id, note])) }));
      mutate({ schemeId, markIds: [...markIds], note });
    },
    forget: (markIds) =>
      setLot(
        markIds.filter((id) => lotOf(id) !== null),
        null,
      ),
  };
}

const without = <T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
