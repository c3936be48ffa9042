import type { Block, Lane } from './types.ts';

export interface Spot {
  lane: number;
  block: Block;
}

export function findSpot(lanes: readonly Lane[], key: string | null): Spot | null {
  if (key === null) return null;
  for (const [lane, { blocks }] of lanes.entries()) {
    const block = blocks.find((each) => each.key === key);
    if (block) return { lane, block };
  }
  return null;
}

const clock = (lane: Lane, block: Block): number => block.startMs - lane.dayStartMs;

/** Where an arrow leads: up and down through the column, sideways to the visit at about the same time in the next one that has any. */
export function neighbour(lanes: readonly Lane[], from: Spot, key: string): Spot | null {
  const own = lanes[from.lane];
  if (!own) return null;
  const index = own.blocks.indexOf(from.block);
  const at = (position: number): Spot | null => {
    const block = own.blocks[position];
    return block ? { lane: from.lane, block } : null;
  };
  if (key === 'ArrowUp') return at(index - 1);
  if (key === 'ArrowDown') return at(index + 1);
  if (key === 'Home') return at(0);
  if (key === 'End') return at(own.blocks.length - 1);
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  if (step === 0) return null;
  const time = clock(own, from.block);
  for (let lane = from.lane + step; lane >= 0 && lane < lanes.length; lane += step) {
    const other = lanes[lane];
    if (!other) return null;
    const [block] = [...other.blocks].sort(
      (a, b) => Math.abs(clock(other, a) - time) - Math.abs(clock(other, b) - time),
    );
    if (block) return { lane, block };
  }
  return null;
}
