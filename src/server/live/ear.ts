/**
 * One line that listens to notices, for as long as the process lives. A dead line hears nothing and doesn't know it: it is asked at
 * every tick and given up after a silence. What was said meanwhile is lost, so the listener is told to look for itself.
 */
import { Line } from '../line.ts';

const tickMs = 1_000;
const deafAfterMs = 4_000;

export interface Ear {
  isListening(): boolean;
  stop(): Promise<void>;
}

export interface Hearing {
  channels: readonly string[];
  onNotice(channel: string, payload: string): void;
  /** It listens now, after a time in which it didn't. */
  onListening?(): void;
}

export async function openEar(databaseUrl: string, hearing: Hearing): Promise<Ear> {
  let line: Line | undefined;
  let isListening = false;
  let asking = false;
  let stopped = false;

  async function listen(): Promise<void> {
    if (stopped || asking) return;
    asking = true;
    try {
      await (line ? line.query('SELECT 1').catch(() => undefined) : open());
    } finally {
      asking = false;
    }
  }

  async function open(): Promise<void> {
    const client = new Line({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 5_000,
      application_name: 'dermis drawing ear',
    });
    line = client;
    client.on('notification', ({ channel, payload }) => hearing.onNotice(channel, payload ?? ''));
    client.on('error', () => undefined);
    client.on('end', () => {
      if (line !== client) return;
      line = undefined;
      isListening = false;
    });
    try {
      await client.connect();
      client.limitSilence(deafAfterMs);
      for (const channel of hearing.channels) await client.query(`LISTEN ${channel}`);
      isListening = true;
      hearing.onListening?.();
    } catch {
      if (line === client) line = undefined;
      await client.end().catch(() => undefined);
    }
  }

  await listen();
  const timer = setInterval(() => void listen(), tickMs);
  timer.unref();
  return {
    isListening: () => isListening,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await line?.end().catch(() => undefined);
    },
  };
}
