export type Off = () => void;

/** Names of events and what each tells. */
export class Emitter<Events extends object> {
  private listeners: { [Name in keyof Events]?: Set<(told: Events[Name]) => void> } = {};

  on<Name extends keyof Events>(name: Name, listener: (told: Events[Name]) => void): Off {
    const known = (this.listeners[name] ??= new Set());
    known.add(listener);
    return () => known.delete(listener);
  }
  emit<Name extends keyof Events>(name: Name, told: Events[Name]): void {
    for (const listener of this.listeners[name] ?? []) listener(told);
  }
  clear(): void {
    this.listeners = {};
  }
}
