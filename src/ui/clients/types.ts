import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>['clients'];
export type FoundClient = Outputs['search'][number];
export type ClientCard = Outputs['card'];
export type VisitsOfCard = Outputs['visits'];
export type CardVisit = VisitsOfCard['coming'][number];
export type CardChoices = Outputs['choices'];

/** What the page offers this account; every command asks again. */
export interface CardRights {
  create: boolean;
  edit: boolean;
  contact: boolean;
  link: boolean;
  messages: boolean;
  imports: boolean;
  allVisits: boolean;
  specialistId: string | null;
}
