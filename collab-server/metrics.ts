/** What the process does, in Prometheus' text. Nothing about anybody. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const appendBucketsMs = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

export class Metrics {
  rooms = 0;
  sockets = 0;
  readonly #counts = new Map<string, number>();
  readonly #appendBuckets = appendBucketsMs.map(() => 0);
  #appends = 0;
  #appendMs = 0;
  readonly #loop = monitorEventLoopDelay({ resolution: 10 });

  constructor() {
    this.#loop.enable();
  }

  /** `name` is a metric’s, with its labels where it has some. */
  count(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  counted(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  appended(millis: number): void {
    this.#appends++;
    this.#appendMs += millis;
    for (const [index, most] of appendBucketsMs.entries())
      if (millis <= most) this.#appendBuckets[index] = (this.#appendBuckets[index] ?? 0) + 1;
  }

  text(): string {
    const lines = [
      `collab_rooms ${this.rooms}`,
      `collab_sockets ${this.sockets}`,
      ...[...this.#counts]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([name, value]) => `collab_${name} ${value}`),
      ...appendBucketsMs.map(
        (most, index) => `collab_append_ms_bucket{le="${most}"} ${this.#appendBuckets[index] ?? 0}`,
      ),
      `collab_append_ms_bucket{le="+Inf"} ${this.#appends}`,
      `collab_append_ms_sum ${this.#appendMs.toFixed(1)}`,
      `collab_append_ms_count ${this.#appends}`,
      `collab_loop_delay_ms{quantile="0.99"} ${(this.#loop.percentile(99) / 1e6).toFixed(1)}`,
      `collab_loop_delay_ms{quantile="1"} ${(this.#loop.max / 1e6).toFixed(1)}`,
      `collab_memory_bytes ${process.memoryUsage.rss()}`,
      `collab_cpu_seconds_total ${((process.cpuUsage().user + process.cpuUsage().system) / 1e6).toFixed(3)}`,
    ];
    // The delay since the last look.
    this.#loop.reset();
    return `${lines.join('\n')}\n`;
  }

  stop(): void {
    this.#loop.disable();
  }
}
