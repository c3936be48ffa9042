/** What jobs that speak to people need of the outside: how mail leaves, and how the clinic is found from a message. */
import type { Mailer } from '../ports/mail.ts';

export interface Outside {
  mailer: Mailer;
  /** The origin people type; links in messages begin with it. */
  appUrl: string;
  /** `Name <address>`: the sender, and the organizer of invitations. */
  mailFrom: string;
}

/** The bare address of a sender. */
export const addressOf = (sender: string): string => /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim();
