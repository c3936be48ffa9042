/** The browser's own database as a shelf: one store of records by key. */
import type { ShelfBackend, ShelfRecord } from './kept-on-device.ts';

const name = 'dermis-drawings';
const storeName = 'unkept';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });

export class IndexedShelf implements ShelfBackend {
  private opened: Promise<IDBDatabase> | null = null;

  private open(): Promise<IDBDatabase> {
    if (this.opened) return this.opened;
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: 'key' });
    const opened = settled(request);
    // a browser that refuses once (private window, full disk) may be asked again
    opened.catch(() => {
      this.opened = null;
    });
    this.opened = opened;
    return opened;
  }

  private async within<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const transaction = (await this.open()).transaction(storeName, mode);
    const result = settled(work(transaction.objectStore(storeName)));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser keeps nothing'));
    });
    return result;
  }

  async put(record: ShelfRecord): Promise<void> {
    await this.within('readwrite', (store) => store.put(record));
  }
  all(): Promise<ShelfRecord[]> {
    return this.within('readonly', (store): IDBRequest<ShelfRecord[]> => store.getAll());
  }
  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.within('readwrite', (store) => store.delete(key));
  }
  async clear(): Promise<void> {
    await this.within('readwrite', (store) => store.clear());
  }
}

/** On signing out: whoever sits here next finds nothing. A browser without a database has nothing to forget. */
export async function forgetAll(): Promise<void> {
  if (typeof indexedDB === 'undefined') return;
  await new IndexedShelf().clear().catch(() => undefined);
}
