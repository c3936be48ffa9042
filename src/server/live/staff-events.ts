/** What staff are told of: that something happened, everywhere; to which record, as far as they may see it. */
import { type Actor, holds } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import { clientNames } from '../clients/names.ts';
import type { Db } from '../db.ts';
import type { LiveEvent } from './hub.ts';

/** Promises every event; cards beyond the actor's scope and messages beyond their rights without their ids. */
export async function staffEvents(db: Db, actor: Actor, events: readonly LiveEvent[]): Promise<LiveEvent[]> {
  const seesCards = holds(actor, 'clients.view_all');
  const seesMessages = can(actor, 'message.view') && seesCards;
  const cards = events.flatMap(({ topic, entityId }) => (topic === 'client' ? (entityId ?? []) : []));
  const seen = seesCards ? null : await clientNames(db, clientScope(actor), cards);
  const isNamed = ({ topic, entityId }: LiveEvent) =>
    topic === 'message' ? seesMessages : topic !== 'client' || seen === null || seen.has(entityId ?? '');
  return events.map((event) => (isNamed(event) ? event : { ...event, entityId: null }));
}
