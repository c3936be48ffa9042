/** In which colour somebody draws. */
import type { Tx } from '../db.ts';

const hues = Array.from({ length: 10 }, (_, index) => index + 1);

/** A specialist's own; others get one of their account, always the same. */
export function hueOfStaff(accountId: string, specialistHue: number | null): number {
  if (specialistHue !== null) return Math.max(1, Math.min(hues.length, specialistHue));
  return (Number.parseInt(accountId.replaceAll('-', '').slice(-6), 16) % hues.length) + 1;
}

interface Drawing {
  id: string;
  openedBy: string;
  visitId: string | null;
}

/**
 * For a guest a colour of their own: nobody else's who joined, nor of the staff who opened, invited, treat or have drawn. Where there
 * aren't as many, first one of a guest who left is given again.
 */
export async function hueForGuest(tx: Tx, scheme: Drawing, invitedBy: string): Promise<number> {
  const guests = await tx.drawingGuest.findMany({
    where: { schemeId: scheme.id },
    select: { hue: true, status: true },
  });
  const drew = await tx.schemeWriter.findMany({
    where: { schemeId: scheme.id, accountId: { not: null } },
    distinct: ['accountId'],
    select: { accountId: true },
  });
  const visit =
    scheme.visitId === null
      ? null
      : await tx.visit.findUnique({
          where: { id: scheme.visitId },
          select: { specialist: { select: { hue: true } } },
        });
  const accountIds = [
    ...new Set([scheme.openedBy, invitedBy, ...drew.flatMap(({ accountId }) => accountId ?? [])]),
  ];
  const specialists = await tx.specialist.findMany({ select: { accountId: true, hue: true } });
  const hueOf = new Map(specialists.map(({ accountId, hue }) => [accountId, hue]));
  const weights = new Map(hues.map((hue) => [hue, 0]));
  const weigh = (hue: number, weight: number) => weights.set(hue, Math.max(weight, weights.get(hue) ?? 0));
  // Whoever else of the house may come in.
  for (const { hue } of specialists) weigh(hue, 1);
  for (const { hue, status } of guests) weigh(hue, status === 'ended' ? 2 : 4);
  for (const accountId of accountIds) weigh(hueOfStaff(accountId, hueOf.get(accountId) ?? null), 3);
  if (visit) weigh(visit.specialist.hue, 3);
  const least = Math.min(...weights.values());
  // From the middle on: the first hues are what products are mostly given.
  const from = hues.toSorted((a, b) => ((a + 5) % hues.length) - ((b + 5) % hues.length));
  return from.find((hue) => weights.get(hue) === least) ?? 5;
}
