/** One step of one person, as it is written down while it happens: what each property was and what it became. */
import { differingKeys, type Entries, sameValue } from './same-value.ts';
import type { RecordVersion, Versions } from './versions.ts';

export interface KeyChange {
  before: unknown;
  after: unknown;
  /** Whose the value was before, and the step's own number. */
  from: number;
  to: number;
}

export interface Existence {
  kind: 'created' | 'deleted';
  from: number;
  to: number;
  /** What a deleted record held, and whose each of its values was. Of a created one: once its creation is undone. */
  held: { entries: Entries; version: RecordVersion } | null;
}

export interface RecordChange {
  exists: Existence | null;
  keys: Map<string, KeyChange>;
}

export class Step {
  readonly records = new Map<string, RecordChange>();
  readonly number: number;
  private readonly versions: Versions;

  constructor(number: number, versions: Versions) {
    this.number = number;
    this.versions = versions;
  }

  get isEmpty(): boolean {
    return this.records.size === 0;
  }

  private of(id: string): RecordChange {
    const known = this.records.get(id);
    if (known) return known;
    const change: RecordChange = { exists: null, keys: new Map() };
    this.records.set(id, change);
    return change;
  }

  created(id: string, entries: Entries): void {
    const change = this.of(id);
    const { exists } = this.versions.of(id);
    if (change.exists?.kind === 'deleted' && change.exists.held && exists === this.number) {
      // taken away and put back within one step: only what differs has changed
      const { entries: before, version } = change.exists.held;
      change.exists = null;
      this.versions.set(id, version);
      for (const key of differingKeys(before, entries))
        this.changed(id, key, before.get(key), entries.get(key));
      return;
    }
    change.exists = { kind: 'created', from: exists, to: this.number, held: null };
    change.keys.clear();
    this.versions.set(id, { exists: this.number, base: this.number, keys: new Map() });
  }

  changed(id: string, key: string, before: unknown, after: unknown): void {
    const change = this.of(id);
    const from = this.versions.ofKey(id, key);
    const known = change.keys.get(key);
    this.versions.setKey(id, key, this.number);
    if (known && from === this.number) known.after = after;
    // what this step made goes as a whole, unless another has had a hand in it meanwhile
    else if (change.exists?.kind !== 'created' || from <= 0)
      change.keys.set(key, { before, after, from, to: this.number });
  }

  deleted(id: string, entries: Entries): void {
    const change = this.of(id);
    const version = this.versions.of(id);
    if (change.exists?.kind === 'created' && version.exists === this.number) {
      this.versions.set(id, { exists: change.exists.from, base: change.exists.from, keys: new Map() });
      this.records.delete(id);
      return;
    }
    change.exists = { kind: 'deleted', from: version.exists, to: this.number, held: { entries, version } };
    this.versions.set(id, { exists: this.number, base: this.number, keys: new Map() });
  }

  /** What ended as it began is no change: a gesture that was given up. */
  close(): void {
    for (const [id, change] of this.records) {
      if (!change.exists)
        for (const [key, { before, after, from, to }] of change.keys)
          if (sameValue(before, after)) {
            change.keys.delete(key);
            if (this.versions.ofKey(id, key) === to) this.versions.setKey(id, key, from);
          }
      if (!change.exists && change.keys.size === 0) this.records.delete(id);
    }
  }
}
