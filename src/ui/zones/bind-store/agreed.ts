/** What document and store agreed on last, by record. */
import { entriesOf } from '../../../domain/scheme/layout.ts';
import type { SchemeRecord } from '../../../domain/scheme/marks.ts';
import type { Entries } from './same-value.ts';

export class Agreed {
  private readonly entries = new Map<string, Entries>();
  /** Not laid out yet: a drawing is opened with thousands of records, and a hand touches few of them. */
  private readonly records = new Map<string, SchemeRecord>();

  get(id: string): Entries | undefined {
    const record = this.records.get(id);
    if (record) this.set(id, entriesOf(record));
    return this.entries.get(id);
  }

  set(id: string, entries: Entries): void {
    this.records.delete(id);
    this.entries.set(id, entries);
  }

  setRecord(record: SchemeRecord): void {
    this.entries.delete(record.id);
    this.records.set(record.id, record);
  }

  delete(id: string): void {
    this.records.delete(id);
    this.entries.delete(id);
  }
}
