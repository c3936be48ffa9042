'use client';

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react';
import type { IconName } from '../kit/icons.tsx';

export interface Command {
  id: string;
  label: string;
  /** Tells two alike apart: a phone number, a section. */
  detail?: string;
  icon: IconName;
  run: () => void;
}

export interface CommandSource {
  id: string;
  /** Heading over its findings. */
  label: string;
  /** Called with what was typed (may be empty); aborted when something else is typed. */
  find: (query: string, signal: AbortSignal) => readonly Command[] | Promise<readonly Command[]>;
}

interface CommandRegistry {
  add(source: CommandSource): () => void;
  sources(): readonly CommandSource[];
}

const CommandContext = createContext<CommandRegistry | null>(null);

export function CommandProvider({ children }: { children: ReactNode }) {
  const [list] = useState<CommandSource[]>([]);
  const [registry] = useState<CommandRegistry>(() => ({
    add(source) {
      list.push(source);
      return () => void list.splice(list.indexOf(source), 1);
    },
    sources: () => list,
  }));
  return <CommandContext value={registry}>{children}</CommandContext>;
}

/** Plugs findings into the search for as long as the component is mounted: clients, a page's actions. */
export function useCommandSource(source: CommandSource): void {
  const registry = useContext(CommandContext);
  const { id, label } = source;
  const find = useEffectEvent(source.find);
  useEffect(
    () => registry?.add({ id, label, find: (query, signal) => find(query, signal) }),
    [registry, id, label],
  );
}

/** Reads, when asked, the sources plugged in at this moment. */
export function useCommandSources(): () => readonly CommandSource[] {
  const registry = useContext(CommandContext);
  return () => registry?.sources() ?? [];
}

/** Every word typed begins a word of the text. */
export function matches(text: string, query: string): boolean {
  const words = text.toLocaleLowerCase().split(/[\s,.()]+/u);
  const wanted = query.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return wanted.every((start) => words.some((word) => word.startsWith(start)));
}
