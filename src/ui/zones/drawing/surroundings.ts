/** What lies around the shapes and isn't part of them: the ground, an earlier scheme beneath, and who else is here. */
import { createContext, useContext } from 'react';
import type { BackdropPath } from '../../../domain/scheme/svg.ts';

export type Ground =
  | { kind: 'template'; paths: readonly BackdropPath[]; heightUnits: number }
  | { kind: 'picture'; href: string; heightUnits: number };

export interface OtherPerson {
  /** One per open page: somebody may have two. */
  key: string;
  name: string;
  hue: number;
  kind: 'staff' | 'client' | 'guest';
  cursor: { x: number; y: number } | null;
  selected: readonly string[];
}

export interface Surroundings {
  ground: Ground;
  /** An address of a picture as wide as the page; null without one. */
  under: string | null;
  /** Marks that want a look before finishing. */
  faulty: ReadonlySet<string>;
}

/** Apart from the rest: it changes with every move of a hand, and little depends on it. */
export const OthersContext = createContext<readonly OtherPerson[]>([]);

export const SurroundingsContext = createContext<Surroundings | null>(null);

export function useSurroundings(): Surroundings {
  const found = useContext(SurroundingsContext);
  if (!found) throw new Error('a part of the drawing stands outside of it');
  return found;
}
