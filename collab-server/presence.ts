/** Who is in the room and where they point: passed on, never stored. Name, hue and kind are the server's word. */
import { type DrawingAccess, type Presence, presence } from '../src/domain/scheme/wire.ts';
import { Malformed, WireReader, WireWriter } from './wire-reader.ts';

export const longestPresenceBytes = 1_024;
const mostStates = 64;

export interface SentState {
  client: number;
  clock: number;
  /** Null: gone. */
  text: string;
}

/** What a page says of itself, and, being the stock provider, of others too. Null where these bytes are no states. */
export function readStates(bytes: Uint8Array): SentState[] | null {
  try {
    const reader = new WireReader(bytes);
    const count = reader.varUint();
    if (count > mostStates) return null;
    const states: SentState[] = [];
    for (let left = count; left > 0; left--)
      states.push({ client: reader.varUint(), clock: reader.varUint(), text: reader.string() });
    return reader.isAtEnd ? states : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/** What somebody may show, with who they are; null where they are gone, undefined where it is nothing we know. */
export function shown(text: string, access: DrawingAccess): Presence | null | undefined {
  if (text.length > longestPresenceBytes || Buffer.byteLength(text) > longestPresenceBytes) return undefined;
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (said === null) return null;
  // The stock provider begins with an empty one.
  const isEmpty = typeof said === 'object' && Object.keys(said).length === 0;
  const parsed = isEmpty ? { cursor: null, selected: [] } : presence.safeParse(said).data;
  return parsed ? stamped(parsed, access) : undefined;
}

/** Who only watches has no pointer. */
export const stamped = (said: Presence, { mode, name, hue, kind }: DrawingAccess): Presence => ({
  cursor: mode === 'watch' ? null : said.cursor,
  selected: mode === 'draw' ? said.selected : [],
  name,
  hue,
  kind,
});

export function writeStates(
  states: readonly { client: number; clock: number; state: Presence | null }[],
): Uint8Array {
  const writer = new WireWriter().varUint(states.length);
  for (const { client, clock, state } of states)
    writer.varUint(client).varUint(clock).string(JSON.stringify(state));
  return writer.with();
}
