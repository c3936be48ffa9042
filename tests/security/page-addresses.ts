/** Every page of the product with every record of a world, from the files that pages are made of: a new one is among them by itself. */
import { globSync } from 'node:fs';
import path from 'node:path';
import type { World } from './world.ts';

const app = path.resolve(import.meta.dirname, '../../src/app');

/** What a page is further asked for in its address. */
const asked: Readonly<Record<string, readonly string[]>> = {
  '/calendar': ['?date=2026-06-08', '?date=2026-06-03&view=week'],
  '/clients': ['?q=kanari', '?sort=newest'],
  '/settings/trail': ['?kind=read'],
  '/reset-password': [`?token=${'x'.repeat(43)}`],
};

/** What may stand in a dynamic part of an address. Throws for a part that nobody has thought of. */
function idsOf(part: string, before: string, world: World): string[] {
  const cards = Object.values(world.cards);
  if (part === 'clientId') return cards.map(({ clientId }) => clientId);
  if (part === 'id' && /^\/(visits|book)/.test(before))
    return cards.flatMap(({ visits }) => visits.slice(0, 2).map(({ appointmentId }) => appointmentId));
  if (part === 'schemeId')
    return cards.flatMap(({ schemes }) => schemes.slice(0, 3).map(({ schemeId }) => schemeId));
  if (part === 'serviceId') return [world.serviceId];
  if (part === 'resourceId' || part === 'specialistId')
    return world.actors.flatMap(({ specialistId }) => specialistId ?? []);
  if (part === 'accountId')
    return [...world.staff.values(), ...cards].flatMap(({ accountId }) => accountId ?? []).slice(0, 8);
  if (part === 'roleId') return world.roleIds.slice(0, 3);
  if (part === 'token') return ['x'.repeat(43)];
  if (part === 'batchId') return world.batchIds;
  throw new Error(`no page has had a part [${part}] in its address so far; say here what stands in it`);
}

export function pageAddresses(world: World): string[] {
  const files = globSync('**/page.tsx', { cwd: app });
  return files.flatMap((file) => {
    const parts = path
      .dirname(file)
      .split(path.sep)
      .filter((part) => part !== '.' && !part.startsWith('('));
    let addresses = [''];
    for (const part of parts) {
      const name = /^\[(\w+)\]$/.exec(part)?.[1];
      addresses = addresses.flatMap((before) =>
        name === undefined
          ? [`${before}/${part}`]
          : idsOf(name, before, world).map((id) => `${before}/${id}`),
      );
    }
    return addresses.flatMap((address) => {
      const whole = address || '/';
      return [whole, ...(asked[whole] ?? []).map((more) => `${whole}${more}`)];
    });
  });
}
