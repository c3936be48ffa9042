/**
 * React is evaluated here, in a task of its own: a phone then takes the rest of the start (the router, the page) in a
 * second one, and answers a touch in between. The head's script (ui/shell/start-script.tsx) prepares both.
 */
import 'react-dom/client';

// React makes its sentinel errors while it is evaluated; had their stacks been captured, the engine would have read
// all of React's source once more for their positions. From here on stacks are kept as usual.
Error.stackTraceLimit = 10;
