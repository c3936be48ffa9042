import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

export type { CardRights } from '../../domain/access/card.ts';

type Outputs = inferRouterOutputs<AppRouter>['clients'];
export type FoundClient = Outputs['search'][number];
export type ClientCard = Outputs['card'];
export type VisitsOfCard = Outputs['visits'];
export type CardVisit = VisitsOfCard['coming'][number];
export type CardChoices = Outputs['choices'];
