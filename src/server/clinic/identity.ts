import type { Db } from '../db.ts';

export interface ClinicIdentity {
  name: string;
  /** ISO 4217. */
  currency: string;
  /** `#rrggbb`, or null for the product's own accent. */
  colour: string | null;
  /** IANA zone of the first location; pages of one visit use that visit's own location. */
  timeZone: string;
}

/** What every page shows of the clinic, signed in or not. Throws where no clinic was set up: that is a broken installation. */
export async function readClinicIdentity(db: Db): Promise<ClinicIdentity> {
  const [clinic, location] = await Promise.all([
    db.clinic.findFirstOrThrow({ select: { name: true, currency: true, accentColor: true } }),
    db.location.findFirstOrThrow({
      where: { isActive: true },
      orderBy: [{ rank: 'asc' }, { createdAt: 'asc' }],
      select: { timeZone: true },
    }),
  ]);
  return {
    name: clinic.name,
    currency: clinic.currency,
    colour: clinic.accentColor,
    timeZone: location.timeZone,
  };
}
