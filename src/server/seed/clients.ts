/** Forty people of a city practice: names in several alphabets, where they came from, how they are marked. */
import type { Tx } from '../db.ts';
import { type Dice, seedId } from './fixed.ts';

export const seedSources = [
  'Recommendation',
  'Instagram',
  'Google',
  'Walked by',
  'Dermatologist’s referral',
] as const;
export const seedTags = [
  { name: 'Sensitive skin', groupName: 'Skin', hue: 3 },
  { name: 'Course of laser', groupName: 'Treatment', hue: 2 },
  { name: 'VIP', groupName: 'Client', hue: 4 },
  { name: 'Prefers messages', groupName: 'Client', hue: 8 },
  { name: 'Doctor’s clients', groupName: 'Access', hue: 5, isAccess: true },
] as const;

const people: readonly (readonly [first: string, last: string, birth: string, locale?: string])[] = [
  ['Anna', 'Becker', '1988-04-12', 'en'],
  ['Марина', 'Орлова', '1991-09-30', 'ru'],
  ['Katharina', 'von der Heyden-Lichtenfels', '1975-01-22'],
  ['Zoë', 'Müller-Lüdenscheidt', '1994-11-03'],
  ['Nguyễn', 'Thị Mai', '1997-06-18'],
  ['Giulia', 'Ferrari', '1985-02-09'],
  ['Светлана', 'Кузнецова', '1979-12-01', 'ru'],
  ['Emma', 'Schneider', '2001-07-27'],
  ['Agnieszka', 'Wiśniewska', '1990-03-15'],
  ['Leyla', 'Yılmaz', '1996-10-05'],
  ['Chloé', 'Dubois', '1983-08-21'],
  ['Ana Sofia', 'Gonçalves Pereira', '1992-05-14'],
  ['Hannah', 'Fischer', '1969-09-09'],
  ['Ольга', 'Михайлова', '1986-01-31', 'ru'],
  ['Ingrid', 'Sørensen', '1977-04-04'],
  ['Łucja', 'Żak', '1999-12-12'],
  ['Mehmet', 'Kaya', '1987-06-06'],
  ['Maria', 'Papadopoulou', '1981-03-28'],
  ['Yuki', 'Tanaka', '1993-02-17'],
  ['Lea', 'Wagner', '2003-11-11'],
  ['Екатерина', 'Волкова', '1995-08-08', 'ru'],
  ['Charlotte', 'Krüger', '1972-10-30'],
  ['Fatima', 'El Amrani', '1989-07-01'],
  ['Jana', 'Dvořáková', '1984-05-25'],
  ['Sarah', 'O’Connor', '1990-01-19', 'en'],
  ['Birgit', 'Neumann', '1961-06-23'],
  ['Oluwaseun', 'Adeyemi', '1994-04-16'],
  ['Petra', 'Horvat', '1980-09-13'],
  ['Ioana', 'Popescu', '1998-02-02'],
  ['Thomas', 'Richter', '1978-11-26'],
  ['Ирина', 'Бондаренко', '1982-12-20', 'ru'],
  ['Clara', 'Hofmann', '2000-03-03'],
  ['Astrid', 'Lindqvist', '1974-08-15'],
  ['Priya', 'Raman', '1991-05-05', 'en'],
  ['Monika', 'Bauer', '1966-10-10'],
  ['Elif', 'Öztürk', '1997-01-07'],
  ['Vanessa', 'Schulz', '1993-09-24'],
  ['Tamar', 'Beridze', '1988-06-30'],
  ['Isabel', 'Moreno Ruiz', '1986-07-17'],
  ['Lotte', 'de Vries', '1995-03-22'],
  ['Paul', 'Zimmermann', '1983-02-28'],
  ['Noor', 'van den Berg', '2002-05-19'],
];

export const seedClientCount = people.length;
export const clientIdAt = (index: number): string => seedId('client', index + 1);
/** Invited for thread lifts. */
export const invitedClients: readonly number[] = [2, 12, 21];

/** Writes sources, tags and the cards. The first two belong to the demo accounts `accountIds`. */
export async function seedClients(
  tx: Tx,
  dice: Dice,
  now: Date,
  accountIds: readonly string[],
): Promise<void> {
  await tx.source.createMany({
    data: seedSources.map((name, index) => ({ id: seedId('source', index + 1), name, rank: index })),
  });
  await tx.tag.createMany({ data: seedTags.map((tag, index) => ({ id: seedId('tag', index + 1), ...tag })) });
  await tx.client.createMany({
    data: people.map(([firstName, lastName, birth, locale], index) => {
      const createdAt = new Date(now.getTime() - (40 + dice.below(700)) * 86_400_000);
      const demo = ['anna@dermis.test', 'marina@dermis.test'][index];
      return {
        id: clientIdAt(index),
        accountId: accountIds[index] ?? null,
        firstName,
        lastName,
        email: demo ?? (dice.chance(0.8) ? `client${index + 1}@dermis.test` : null),
        // A block of Berlin numbers set aside for fiction.
        phone: dice.chance(0.9) ? `+493023125${String(index).padStart(3, '0')}` : null,
        birthDate: new Date(`${birth}T00:00:00Z`),
        locale: locale ?? null,
        sourceId: seedId('source', 1 + dice.below(seedSources.length)),
        isInvited: invitedClients.includes(index),
        createdAt,
        updatedAt: createdAt,
      };
    }),
  });
  const marks = people.flatMap((_, index) =>
    seedTags.flatMap((_tag, tag) =>
      dice.chance(tag === 4 ? 0.12 : 0.16)
        ? [{ clientId: clientIdAt(index), tagId: seedId('tag', tag + 1), assignedAt: now }]
        : [],
    ),
  );
  await tx.clientTag.createMany({ data: marks });
}
