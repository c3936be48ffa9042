/** What every command is given: the database, the queue, the clock and a maker of ids. Ports are the outside world. */
import type { Db } from './db.ts';
import type { Announcer } from './live/announcer.ts';
import type { Queue } from './queue.ts';

export interface Deps {
  db: Db;
  queue: Queue;
  /** Tells open calendars to look, outside of any transaction. */
  announcer: Announcer;
  now(): Date;
  newId(): string;
}
