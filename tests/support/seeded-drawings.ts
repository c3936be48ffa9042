/** The drawings that every seeded clinic has, by the addresses of their pages. */
import { clientIdAt } from '../../src/server/seed/clients.ts';
import { seedId } from '../../src/server/seed/fixed.ts';

/** Anna’s, in the order of src/server/seed/drawings.ts. */
export const seededDrawings = {
  /** Finished once, and shared. */
  first: seedId('scheme', 1),
  /** Finished, corrected, and shared. */
  corrected: seedId('scheme', 2),
  /** Finished, and not shared. */
  cheekbone: seedId('scheme', 3),
} as const;

/** Whose they are: the demo account of a client, whom the demo specialist treats. */
export const drawnClientId = clientIdAt(0);
