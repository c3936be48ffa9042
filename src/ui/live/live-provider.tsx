'use client';

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTRPCClient } from '../trpc/client.ts';
import type { LiveBatch, LiveState } from './events.ts';
import { browserSurroundings, type Connect, openLiveStream } from './live-stream.ts';

type Handler = (batch: LiveBatch) => void;

interface Hub {
  add(handler: Handler): () => void;
  tell(batch: LiveBatch): void;
  state(): LiveState;
  setState(state: LiveState): void;
  watchState(changed: () => void): () => void;
}

function makeHub(): Hub {
  const handlers = new Set<Handler>();
  const watchers = new Set<() => void>();
  let current: LiveState = 'connecting';
  return {
    add(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    tell(batch) {
      for (const handler of handlers) handler(batch);
    },
    state: () => current,
    setState(state) {
      if (state === current) return;
      current = state;
      for (const changed of watchers) changed();
    },
    watchState(changed) {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
  };
}

const LiveContext = createContext<Hub | null>(null);

/**
 * Everything below hears of changes made anywhere. `cursor` is where the server stood when it made this page: what happened while
 * the page was on its way is told as well.
 */
export function LiveProvider({ cursor, children }: { cursor: string; children: ReactNode }) {
  const client = useTRPCClient();
  const [hub] = useState(makeHub);
  const [from] = useState(cursor);
  useEffect(() => {
    const connect: Connect = (lastEventId, { onBatch, onOpen, onLost }) => {
      let wasOpen = false;
      const subscription = client.live.changes.subscribe(
        { lastEventId },
        {
          onStarted: () => {
            wasOpen = true;
            onOpen();
          },
          onData: ({ id, data }) => onBatch({ events: data.events, reset: data.reset, cursor: id }),
          // The stream's own reconnecting waits too long and gives up on a server that answers while it restarts.
          onConnectionStateChange: ({ state }) => {
            if (state === 'connecting' && wasOpen) end();
          },
          onError: () => end(),
          onComplete: () => end(),
        },
      );
      const timer = setTimeout(() => {
        if (!wasOpen) end();
      }, 10_000);
      function end() {
        clearTimeout(timer);
        subscription.unsubscribe();
        onLost();
      }
      return () => {
        clearTimeout(timer);
        subscription.unsubscribe();
      };
    };
    return openLiveStream(connect, from, { onBatch: hub.tell, onState: hub.setState }, browserSurroundings());
  }, [client, from, hub]);
  return <LiveContext value={hub}>{children}</LiveContext>;
}

/** Calls back with every batch, whatever its topics, for as long as the component is mounted. */
export function useLiveBatches(onBatch: Handler): void {
  const hub = useContext(LiveContext);
  const handler = useEffectEvent(onBatch);
  useEffect(() => hub?.add((batch) => handler(batch)), [hub]);
}

const neverChanges = () => () => undefined;

/** Whether changes arrive at this moment. Outside a provider: yes, nobody waits for any. */
export function useLiveState(): LiveState {
  const hub = useContext(LiveContext);
  return useSyncExternalStore(
    hub?.watchState ?? neverChanges,
    () => hub?.state() ?? 'open',
    () => 'open',
  );
}
