/**
 * Who wrote what last. Own steps are numbered upwards from 1, what others write downwards from -1; 0 stands for what was found. Numbers
 * and not values: two people may write the same value, and it is the later one's then.
 */
export interface RecordVersion {
  /** Whoever made or deleted the record last. */
  exists: number;
  /** Of every property without a number of its own. */
  base: number;
  keys: ReadonlyMap<string, number>;
}

const found: RecordVersion = { exists: 0, base: 0, keys: new Map() };

export class Versions {
  private readonly records = new Map<string, RecordVersion>();
  private others = 0;

  of(id: string): RecordVersion {
    return this.records.get(id) ?? found;
  }
  set(id: string, version: RecordVersion): void {
    this.records.set(id, version);
  }
  ofKey(id: string, key: string): number {
    const { base, keys } = this.of(id);
    return keys.get(key) ?? base;
  }
  setKey(id: string, key: string, version: number): void {
    const { keys, ...record } = this.of(id);
    this.set(id, { ...record, keys: new Map(keys).set(key, version) });
  }

  /** Everything about the record is another's from now on: it was made anew, replaced or deleted. */
  othersTook(id: string): void {
    this.others--;
    this.set(id, { exists: this.others, base: this.others, keys: new Map() });
  }
  othersChanged(id: string, key: string): void {
    this.others--;
    this.setKey(id, key, this.others);
  }
  /** Whether nobody else has a hand in what the record holds. */
  isWhollyOwn(id: string): boolean {
    const { base, keys } = this.of(id);
    return base > 0 && [...keys.values()].every((version) => version > 0);
  }
}

export function sameVersions(one: RecordVersion, other: RecordVersion): boolean {
  const keys = new Set([...one.keys.keys(), ...other.keys.keys()]);
  return (
    one.base === other.base &&
    [...keys].every((key) => (one.keys.get(key) ?? one.base) === (other.keys.get(key) ?? other.base))
  );
}
