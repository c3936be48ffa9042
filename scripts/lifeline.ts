// Preloaded into every child of the supervisor (`node --import`). The supervisor holds the other end of a pipe; when
// it dies, even by SIGKILL, the pipe closes and the child ends itself. Works wherever Node does.
import { Socket } from 'node:net';

export const lifelineVariable = 'DERMIS_LIFELINE_FD';
const graceMillis = 4000;

const descriptor = process.env[lifelineVariable];
if (descriptor) {
  delete process.env[lifelineVariable]; // the child's own children don't have this pipe
  const line = new Socket({ fd: Number(descriptor), readable: true, writable: false });
  line.on('error', () => undefined); // the close that follows is what counts
  line.once('close', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMillis).unref();
  });
  line.resume();
  line.unref();
}
