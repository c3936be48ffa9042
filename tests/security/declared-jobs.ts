/**
 * Every job and what may cause it: the actions somebody must be allowed, or, where nobody is asked, the place in the code and why. The
 * worker itself acts as the system, with the task's name, on ids that it reads again.
 */
import type { Action } from '../../src/domain/access/policy.ts';
import { type JobName, jobNames } from '../../src/server/queue.ts';
import { type Code, nameOf, nodesIn, readCode, readSources, type Sources, textOf, within } from './syntax.ts';

/** Where nobody is asked for an action: why that is right. */
const unasked = {
  'workers/handlers.ts': 'another job, or the same again: whoever caused it was asked',
  'src/api/auth.ts#nextAuthOptions': 'the right password, and code: the door counts and looks by itself',
  'src/server/people/let-in.ts#letIn': 'the server’s own command line',
} as const;

export type Cause = Action | keyof typeof unasked;

export const jobs: Readonly<Record<JobName, readonly Cause[]>> = {
  'expire-hold': ['appointment.hold', 'workers/handlers.ts'],
  'send-message': ['message.retry', 'workers/handlers.ts'],
  'send-proof-code': ['account.enter', 'client.prove_contact'],
  'notify-sign-in': ['client.prove_contact', 'src/api/auth.ts#nextAuthOptions'],
  'send-reset': ['account.enter', 'client.edit_account', 'people.edit'],
  'notify-account': [
    'account.edit_own',
    'account.enter',
    'client.edit_account',
    'people.edit',
    'src/server/people/let-in.ts#letIn',
  ],
  'notify-appointment': [
    'appointment.approve',
    'appointment.book',
    'appointment.cancel',
    'appointment.confirm',
    'appointment.create',
    'appointment.mark',
    'appointment.move_day',
    'appointment.override_policy',
    'appointment.reschedule',
  ],
  'run-import': ['import.run', 'workers/handlers.ts'],
};

/** All of the house but the rehearsals, which play everybody on a database of their own. */
const readHouse = (): Sources =>
  new Map(
    [...readSources('src/{server,api}/**/*.ts', 'workers/**/*.ts')].filter(
      ([file]) => !file.startsWith('src/server/scenarios/'),
    ),
  );

/** Job → where it is enqueued: `queue.send(tx, 'its name', …)`. */
function sendersIn(code: Code): Map<string, string[]> {
  const senders = new Map<string, string[]>();
  for (const { file, values } of code.modules.values())
    for (const [name, value] of values)
      for (const { type, callee, arguments: given } of within(value)) {
        if (type !== 'CallExpression' || nameOf(callee) !== null) continue;
        const job = textOf(nodesIn(given)[1]);
        if (job !== null) senders.set(job, [...(senders.get(job) ?? []), `${file}#${name}`]);
      }
  return senders;
}

/** Up from where it is enqueued, by every way, to where somebody is asked, or to where nobody ever is. */
function causesOf(code: Code, senders: readonly string[]): string[] {
  const causes = new Set<string>();
  const seen = new Set<string>();
  const waiting = [...senders];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const gates = code.gatesOf(id);
    const callers = code.callersOf(id);
    const [file = ''] = id.split('#');
    if (gates.size > 0) for (const gate of gates) causes.add(gate);
    else if (file === 'workers/handlers.ts') causes.add(file);
    // A door that nobody was asked behind, or what nobody calls.
    else if (file.startsWith('src/api/') || callers.length === 0) causes.add(id);
    else waiting.push(...callers);
  }
  return [...causes].sort();
}

/** Jobs that don't say who may cause them, or are caused otherwise than they say. */
export function jobProblems(
  sources: Sources = readHouse(),
  table: Readonly<Record<string, readonly string[]>> = jobs,
  names: readonly string[] = jobNames,
): string[] {
  const code = readCode(sources);
  const senders = sendersIn(code);
  const gone = Object.keys(table).filter((name) => !names.includes(name));
  return [
    ...gone.map((name) => `${name}: is declared, and is no job`),
    ...names.flatMap((name) => {
      const declared = table[name];
      // A new one? Write it into the table above.
      if (!declared) return [`${name}: isn’t declared`];
      const found = causesOf(code, senders.get(name) ?? []);
      return [
        ...(found.length === 0 ? [`${name}: nothing causes it`] : []),
        ...found
          .filter((cause) => !declared.includes(cause))
          .map((cause) => `${name}: caused by ${cause} too`),
        ...declared
          .filter((cause) => !found.includes(cause))
          .map((cause) => `${name}: not caused by ${cause}`),
      ];
    }),
  ];
}
