import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closeCodes } from '../../collab-server/close-codes.ts';
import { type CollabServer, startCollabServer } from '../../collab-server/server.ts';

let server: CollabServer;
let stopped = false;

beforeEach(async () => {
  stopped = false;
  server = await startCollabServer({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  if (!stopped) await server.stop();
});

const statusOf = (path: string) =>
  fetch(`http://127.0.0.1:${server.port}${path}`).then(({ status }) => status);

it('says that it is alive and ready', async () => {
  expect(await statusOf('/livez')).toBe(200);
  expect(await statusOf('/readyz')).toBe(200);
  expect(await statusOf('/anything')).toBe(404);
});

it('accepts a socket without a ticket only to close it with a code that ends the browser’s tries', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/some-room`);
  let opened = false;
  socket.on('open', () => {
    opened = true;
  });
  const code = await new Promise((resolve, reject) => socket.once('close', resolve).once('error', reject));
  expect(code).toBe(closeCodes.unauthenticated);
  expect(opened).toBe(true);
});

it('stops although a client keeps its line open and never answers', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/some-room`, { autoPong: false });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.pause();
  await server.stop();
  stopped = true;
  await expect(statusOf('/livez')).rejects.toThrow();
  socket.terminate();
});
