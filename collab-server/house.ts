/** What every room of a process is given. */
import type { Db } from '../src/server/db.ts';
import type { Shown } from './audience.ts';
import type { Metrics } from './metrics.ts';
import type { Room } from './room.ts';

export interface House {
  /** With the system's hand: who may what is asked by `standing`, before. */
  db: Db;
  /** Under which other collab-servers know this one. */
  instance: string;
  metrics: Metrics;
  now(): number;
  /** In how many rooms something waits to be written down. */
  roomsDrawing(): number;
  /** Other instances in the same room are told whom it shows. */
  tellShown(room: Room, shown: readonly Shown[]): void;
  roomOpened(room: Room): void;
}
