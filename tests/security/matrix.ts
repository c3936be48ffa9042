/**
 * P1: every procedure and route handler × everybody × whose record it is, over HTTP. For each record an input is looked for that
 * somebody is let in with; the same is then sent by everybody else. Whatever is written is seen by the database and taken back.
 */
import { randomUUID } from 'node:crypto';
import type { Quiver, Target } from './aim.ts';
import { handlers } from './declared-handlers.ts';
import { ways } from './handler-ways.ts';
import { seeded } from './hostile.ts';
import { unreached } from './known-gaps.ts';
import { readIds } from './nouns.ts';
import { again, findOpening, targetsOf } from './opening.ts';
import { type DeclaredProcedure, procedures } from './procedures.ts';
import { ask, type Heard } from './send.ts';
import { has, hiddenIds, isBookkeeping, mayChange, maySee } from './sight.ts';
import { type RowChange, Watch } from './watch.ts';
import { cardNames, type World, type WorldActor } from './world.ts';

export const relations = ['own', 'foreign', 'deleted', 'invented'] as const;

export interface MatrixResult {
  procedures: number;
  handlers: number;
  actors: number;
  relations: number;
  /** Requests that were sent for it. */
  sent: number;
  /** Each with who, what and whose. */
  leaks: string[];
  /** Nobody was ever let in with any input. */
  unreached: string[];
  /** Accepted changes that left no entry naming who made them. */
  unaudited: Set<string>;
  /** Reads of a card that left none. */
  unread: string[];
  /** Answers of 500. */
  faults: string[];
  /** What the watch could not put back: nothing, or the figures mean nothing. */
  isRestored: boolean;
}

export interface MatrixOptions {
  seed: number;
  /** How often an input is drawn anew until somebody is let in. */
  tries: number;
  /** Leaves out asking again as somebody whom a procedure turns away whatever it is about. */
  isShort: boolean;
  /** Which records are asked for. */
  cards: readonly (typeof cardNames)[number][];
  /** Only these procedures, and no route handlers. */
  only?: (procedure: DeclaredProcedure) => boolean;
  progress?: (done: number, total: number) => void;
}

/** What reads a card, whole or in part. */
const readings = new Set([
  'clients.card',
  'clients.visits',
  'clients.history',
  'messages.ofClient',
  'drawings.list',
  'drawings.get',
  'drawings.revision',
  'drawings.regions',
]);

const isTrail = (door: string): boolean => door.startsWith('trail.') || door.startsWith('api/trail/');

class Run {
  readonly result: MatrixResult;
  readonly #world: World;
  readonly #origin: string;
  readonly #quiver: Quiver;
  readonly #watch: Watch;

  constructor(world: World, origin: string, quiver: Quiver, result: MatrixResult) {
    this.#world = world;
    this.#origin = origin;
    this.#quiver = quiver;
    this.#watch = quiver.watch;
    this.result = result;
  }

  /** Sends one request as somebody, and looks at what came back and what was written. */
  async attempt(
    actor: WorldActor,
    door: string,
    target: string,
    send: (cookie: string) => Promise<Heard>,
    sent: unknown,
  ): Promise<{ heard: Heard; changes: RowChange[] }> {
    const heard = await send(actor.cookie);
    this.result.sent += 1;
    const changes = await this.#watch.changes();
    const where = `${door} as ${actor.name} on ${target}`;
    const asked = JSON.stringify(sent) ?? '';
    for (const { text, canary } of this.#world.canaries.in(heard.text))
      if (!maySee(actor, canary) && !asked.includes(text))
        this.result.leaks.push(`${where} (${heard.status}): ${canary.kind} of ${canary.of} ${text}`);
    // Whoever minds the trail sees that something happened to a record, by its number; whose it is stays hidden.
    if (!(isTrail(door) && has(actor, 'audit.view')))
      for (const id of hiddenIds(actor, this.#world))
        if (heard.text.includes(id) && !asked.includes(id))
          this.result.leaks.push(`${where} (${heard.status}): tells of ${id}`);
    const scene = { actor, world: this.#world, changes };
    for (const change of changes)
      if (!mayChange(scene, change))
        this.result.leaks.push(
          `${where} (${heard.status}): ${change.op} ${change.table} ${JSON.stringify(change.after ?? change.before).slice(0, 200)}`,
        );
    if (heard.status >= 500 || heard.status === 0) this.result.faults.push(`${where}: ${heard.status}`);
    if (changes.length > 0) await this.#watch.undo();
    return { heard, changes };
  }

  #ask(procedure: DeclaredProcedure, actor: WorldActor, target: Target, input: unknown) {
    const send = (cookie: string) => ask(this.#origin, procedure, input, cookie);
    return this.attempt(actor, procedure.path, target.name, send, input);
  }

  async procedure(procedure: DeclaredProcedure, options: MatrixOptions): Promise<void> {
    const { path } = procedure;
    const targets = targetsOf(procedure, this.#quiver, this.#world, options.cards);
    let isReached = false;
    /** Turned away before anybody looked at whose record it is. */
    const outside = new Set<WorldActor>();
    for (const target of targets) {
      const isHopeless = path in unreached || target.name === 'invented';
      const tries = isHopeless ? 1 : targets.length === 1 ? 5 * options.tries : options.tries;
      const sent = (actor: WorldActor, input: unknown) => this.#ask(procedure, actor, target, input);
      const opening = await findOpening(
        this.#world,
        this.#quiver,
        procedure,
        target,
        tries,
        async (actor, input) => (await sent(actor, input)).heard,
      );
      if (!opening) continue;
      isReached ||= opening.insider !== null;
      for (const actor of this.#world.actors) {
        if (options.isShort && outside.has(actor)) continue;
        const { heard, changes } = await sent(actor, again(opening.input));
        if (heard.status === 401 || heard.refusalCode === 'forbidden') outside.add(actor);
        if (heard.status === 200) this.#audited(procedure, actor, changes);
      }
    }
    if (!isReached) this.result.unreached.push(path);
  }

  /** A card that was read, and whatever was changed, has to have an entry that names who did it. */
  #audited({ path, type }: DeclaredProcedure, actor: WorldActor, changes: readonly RowChange[]): void {
    const entries = changes.filter(({ table, op }) => table === 'audit_entry' && op === 'INSERT');
    const names = ({ after }: RowChange) =>
      after?.actor_kind === actor.kind && (after.actor_id ?? null) === actor.accountId;
    if (readings.has(path) && !entries.some((entry) => names(entry) && entry.after?.action === 'client.read'))
      this.result.unread.push(`${path} as ${actor.name}`);
    if (type !== 'mutation' || !changes.some((change) => !isBookkeeping(change))) return;
    if (!entries.some(names)) this.result.unaudited.add(path);
  }

  async handler(file: string): Promise<void> {
    const way = ways[file];
    if (way === undefined) {
      this.result.unreached.push(file);
      return;
    }
    if (way === null) return;
    for (const card of [...cardNames.map((name) => this.#world.cards[name]), null])
      for (const actor of this.#world.actors)
        await this.attempt(
          actor,
          file,
          card?.name ?? 'invented',
          (cookie) =>
            way({ origin: this.#origin, cookie, world: this.#world, card, inventedId: randomUUID() }),
          null,
        );
  }
}

/** Walks the matrix. The clock of what answers there should stand still; `ownerUrl` is the owner's of the same database. */
export async function matrix(
  { origin, ownerUrl }: { origin: string; ownerUrl: string },
  world: World,
  options: MatrixOptions,
): Promise<MatrixResult> {
  const watch = await Watch.open(ownerUrl);
  const chosen = procedures.filter((procedure) => options.only?.(procedure) ?? true);
  const result: MatrixResult = {
    procedures: chosen.length,
    handlers: Object.keys(handlers).length,
    actors: world.actors.length,
    relations: relations.length,
    sent: 0,
    leaks: [],
    unreached: [],
    unaudited: new Set(),
    unread: [],
    faults: [],
    isRestored: false,
  };
  try {
    const quiver: Quiver = {
      watch,
      ids: await readIds(watch),
      known: world.known,
      random: seeded(options.seed),
    };
    const before = await watch.digest();
    const run = new Run(world, origin, quiver, result);
    for (const [index, procedure] of chosen.entries()) {
      await run.procedure(procedure, options);
      options.progress?.(index + 1, chosen.length);
    }
    if (!options.only) for (const file of Object.keys(handlers)) await run.handler(file);
    result.isRestored = (await watch.digest()) === before;
  } finally {
    await watch.close();
  }
  return result;
}
