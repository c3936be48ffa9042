/**
 * React is evaluated here, in a task of its own: a phone then takes the rest of the start (the router, the page) in a
 * second one, and answers a touch in between. The head's script (ui/shell/start-script.tsx) prepares both.
 */
import 'react-dom/client';

// Zod tries whether it may make functions from text; the page's policy stops it, and says so to whoever watches for attacks.
// Set here rather than through `z.config`, which would bring the library to pages that need none of it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

// React makes its sentinel errors while it is evaluated; had their stacks been captured, the engine would have read
// all of React's source once more for their positions. From here on stacks are kept as usual.
Error.stackTraceLimit = 10;
