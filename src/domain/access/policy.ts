/** The one place where rights are decided: `can(actor, action, subject)`. One file per noun, gathered here. */
import { accountPolicy } from './account.ts';
import type { Actor } from './actor.ts';
import { appointmentPolicy } from './appointment.ts';
import { clientPolicy } from './client.ts';
import { clinicPolicy } from './clinic.ts';
import { messagePolicy } from './message.ts';
import { schemePolicy } from './scheme.ts';
import { visitPolicy } from './visit.ts';

const policies = {
  ...accountPolicy,
  ...appointmentPolicy,
  ...clientPolicy,
  ...clinicPolicy,
  ...messagePolicy,
  ...schemePolicy,
  ...visitPolicy,
} as const;

type Policies = typeof policies;
export type Action = keyof Policies;
type SubjectOf<A extends Action> = Policies[A] extends (actor: Actor, subject: infer S) => boolean
  ? unknown extends S
    ? []
    : [subject: S]
  : [];

/** Promises the same answer to UI, API, worker and socket alike. */
export function can<A extends Action>(actor: Actor, action: A, ...subject: SubjectOf<A>): boolean {
  const rule: (actor: Actor, subject: never) => boolean = policies[action];
  const [about] = subject as readonly unknown[];
  return rule(actor, about as never);
}

/** Rules about a record take a second argument and are asked by the command that has read it. */
export const needsSubject = (action: Action): boolean => policies[action].length > 1;

export const actions = Object.keys(policies) as Action[];
