import { accountRouter } from './routers/account.ts';
import { bookingRouter } from './routers/booking.ts';
import { importsRouter } from './routers/imports.ts';
import { liveRouter } from './routers/live.ts';
import { catalogueRouter } from './routers/catalogue.ts';
import { clinicRouter } from './routers/clinic.ts';
import { drawingsRouter } from './routers/drawings.ts';
import { hoursRouter } from './routers/hours.ts';
import { peopleRouter } from './routers/people.ts';
import { clientAccountsRouter } from './routers/client-accounts.ts';
import { clientsRouter } from './routers/clients.ts';
import { messagesRouter } from './routers/messages.ts';
import { picturesRouter } from './routers/pictures.ts';
import { productsRouter } from './routers/products.ts';
import { rolesRouter } from './routers/roles.ts';
import { trailRouter } from './routers/trail.ts';
import { securityRouter } from './routers/security.ts';
import { visitsRouter } from './routers/visits.ts';
import { router } from './trpc.ts';

export const appRouter = router({
  account: accountRouter,
  clients: clientsRouter,
  clientAccounts: clientAccountsRouter,
  messages: messagesRouter,
  visits: visitsRouter,
  drawings: drawingsRouter,
  catalogue: catalogueRouter,
  clinic: clinicRouter,
  hours: hoursRouter,
  people: peopleRouter,
  roles: rolesRouter,
  trail: trailRouter,
  security: securityRouter,
  booking: bookingRouter,
  imports: importsRouter,
  products: productsRouter,
  pictures: picturesRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
