/** What the seeded clinic has drawn: two cards with a history, made by the commands that people use. */
import { type Actor, rights } from '../../domain/access/actor.ts';
import { addDays, localDateOf, wallToInstant } from '../../domain/schedule.ts';
import type { Result } from '../../domain/refusal.ts';
import type { SchemeRecord } from '../../domain/scheme/marks.ts';
import type { TemplateKey } from '../../domain/scheme/template-key.ts';
import { type Db, transact } from '../db.ts';
import { type Deps, systemDb } from '../deps.ts';
import { appendRecords } from '../schemes/append.ts';
import { correctScheme } from '../schemes/correct.ts';
import { finishScheme } from '../schemes/finish.ts';
import { setMark } from '../schemes/mark-lots.ts';
import { openScheme } from '../schemes/open.ts';
import { shareScheme } from '../schemes/share.ts';
import { clientIdAt } from './clients.ts';
import { seedId } from './fixed.ts';
import { area, cannula, type Drawn, dose, finding, injection, type Place, points } from './marks.ts';
import { specialistIdAt } from './team.ts';

interface SeedDrawing {
  /** 0 is Anna, 1 is Марина: the cards with accounts of their own. */
  client: 0 | 1;
  daysAgo: number;
  templateKey: TemplateKey;
  title?: string;
  drawn: readonly Drawn[];
  /** Lots by number; each goes to the marks of its product. */
  lots?: readonly string[];
  /** Of the `number`th mark. */
  note?: { number: number; text: string };
  corrected?: { reason: string; daysAgo: number; drawn: readonly Drawn[] };
  finish?: false;
  share?: true;
}

const glabella: Place[] = [
  [500, 462],
  [466, 444],
  [534, 444],
  [440, 420],
  [560, 420],
];
const forehead: Place[] = [
  [400, 342],
  [450, 322],
  [500, 318],
  [550, 322],
  [600, 342],
];
const crowsRight: Place[] = [
  [272, 486],
  [262, 514],
  [276, 542],
];
const crowsLeft: Place[] = crowsRight.map(([x, y]): Place => [1_000 - x, y]);
const upperLip: Place[] = [
  [462, 812],
  [538, 812],
];
const lowerLip: Place[] = [
  [470, 852],
  [530, 852],
];
const toxin = 'BTX-100';

const drawings: readonly SeedDrawing[] = [
  {
    client: 0,
    daysAgo: 171,
    templateKey: 'face_front_female',
    title: 'First treatment',
    drawn: [
      ...points(toxin, 4, glabella),
      ...points(toxin, 2, forehead),
      ...points(toxin, 2, [...crowsRight, ...crowsLeft]),
      finding('mole', 'unchanged', [610, 772]),
    ],
    lots: ['C7391'],
    share: true,
  },
  {
    client: 0,
    daysAgo: 74,
    templateKey: 'face_front_female',
    drawn: [
      ...points(toxin, 4, glabella),
      ...points(toxin, 2.5, forehead.slice(1, 4)),
      ...points(toxin, 3, [...crowsRight, ...crowsLeft]),
      ...points('HA-LIP', 0.2, [...upperLip, ...lowerLip], { depth: 'subcutaneous' }),
    ],
    lots: ['C7391', 'L4602'],
    note: { number: 9, text: 'Bled a little; pressed for two minutes.' },
    corrected: {
      reason: 'The outer point on the right was given 4 U, and one above the brow was left out.',
      daysAgo: 73,
      drawn: [
        ...points(toxin, 4, glabella),
        ...points(toxin, 2.5, forehead.slice(1, 3)),
        // The third stays where it was drawn; what isn't there any more keeps its number free.
        () => gone,
        injection(toxin, 4, [272, 486]),
        ...points(toxin, 3, [...crowsRight.slice(1), ...crowsLeft]),
        ...points('HA-LIP', 0.2, [...upperLip, ...lowerLip], { depth: 'subcutaneous' }),
        injection(toxin, 2, [500, 352]),
      ],
    },
    share: true,
  },
  {
    client: 0,
    daysAgo: 8,
    templateKey: 'face_profile_left_female',
    title: 'Cheekbone',
    drawn: [
      cannula('HA-DEEP', 0.6, [
        [452, 628],
        [410, 606],
        [360, 590],
        [312, 584],
      ]),
      cannula('HA-DEEP', 0.4, [
        [452, 628],
        [404, 632],
        [352, 626],
      ]),
      finding('bruise', 'at the entry point', [466, 652]),
    ],
    lots: ['20611-1'],
  },
  {
    client: 0,
    daysAgo: 0,
    templateKey: 'face_front_female',
    drawn: [...points(toxin, 4, glabella.slice(0, 3)), ...points(toxin, 2, forehead.slice(0, 2))],
    finish: false,
  },
  {
    client: 1,
    daysAgo: 96,
    templateKey: 'face_front_female',
    drawn: [
      area(
        [
          [300, 590],
          [392, 590],
          [404, 690],
          [330, 716],
          [290, 650],
        ],
        {
          technique: 'microneedling',
          label: '',
          settings: '0.5 mm',
          passes: 2,
          ...dose('SB-20', 1),
        },
      ),
      area(
        [
          [700, 590],
          [608, 590],
          [596, 690],
          [670, 716],
          [710, 650],
        ],
        {
          technique: 'microneedling',
          label: '',
          settings: '0.5 mm',
          passes: 2,
          ...dose('SB-20', 1),
        },
      ),
    ],
    lots: ['SB2211'],
    share: true,
  },
  {
    client: 1,
    daysAgo: 15,
    templateKey: 'face_front_female',
    drawn: points(toxin, 3, glabella),
    lots: ['C7391'],
  },
];

/** A mark that is drawn no more. */
const gone: SchemeRecord = injection(toxin, 1, [0, 0])(-1);

const zone = 'Europe/Berlin';
/** Of the day: twenty past ten. */
const openedMinute = 620;

/** Who treats this client and can sign in; else the first who can. */
async function authorOf(db: Db, clientId: string): Promise<Extract<Actor, { kind: 'staff' }>> {
  const able = [
    { specialistId: specialistIdAt(0), accountId: seedId('account', 3), name: 'Dr Elena Hoffmann' },
    { specialistId: specialistIdAt(2), accountId: seedId('account', 4), name: 'Daria Sokolova' },
  ] as const;
  const treated = await db.appointmentItem.findMany({
    where: { appointment: { clientId }, specialistId: { in: able.map(({ specialistId }) => specialistId) } },
    select: { specialistId: true },
  });
  const author =
    able.find(({ specialistId }) => treated.some((item) => item.specialistId === specialistId)) ?? able[0];
  return { kind: 'staff', ...author, roleKeys: ['specialist'], rights: new Set(rights) };
}

/** Nothing of a drawing waits for the worker, and nobody listens yet. */
const unheard: Pick<Deps, 'queue' | 'announcer'> = {
  queue: { send: () => Promise.reject(new Error('a drawing of the seed has no jobs')), stop: async () => {} },
  announcer: { announce: () => {}, stop: async () => {} },
};

function wellDone<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`the seed's drawing: ${JSON.stringify(result.refusal)}`);
}

/** Draws in the cards of the seeded clinic, `now` being the day it opens. To be called once, after `seedClinic`. */
export async function seedDrawings(db: Db, now: Date): Promise<void> {
  const lots = await systemDb(db, 'seed').lot.findMany({
    select: { id: true, number: true, productId: true },
  });
  for (const [index, drawing] of drawings.entries()) {
    const clientId = clientIdAt(drawing.client);
    const actor = await authorOf(systemDb(db, 'seed'), clientId);
    // In the clinic's morning, and never ahead of the day it opens.
    const at = (daysAgo: number, minutes = 0) => {
      const date = addDays(localDateOf(now.getTime(), zone), -daysAgo);
      return new Date(Math.min(wallToInstant(date, openedMinute + minutes, zone), now.getTime()));
    };
    let clock = at(drawing.daysAgo);
    const deps: Deps = {
      ...unheard,
      db: systemDb(db, 'seed', actor),
      now: () => clock,
      newId: () => seedId('scheme', index + 1),
    };
    const { templateKey, title = '' } = drawing;
    const { schemeId } = wellDone(
      await openScheme(deps, actor, {
        clientId,
        visitId: null,
        backdrop: { kind: 'template', templateKey },
        title,
        underSchemeId: null,
      }),
    );
    const lay = async (drawn: readonly Drawn[]) => {
      const records = drawn.map((each, number) => each(number)).filter((record) => record !== gone);
      const writer = { accountId: actor.accountId, guestId: null, name: actor.name };
      await transact(deps.db, async (tx) => {
        const { generation } = await tx.scheme.findUniqueOrThrow({ where: { id: schemeId } });
        const target = new Map(records.map((record) => [record.id, record]));
        await appendRecords(tx, { schemeId, generation }, { writer, kind: 'drawn', now: clock }, target);
      });
      for (const lot of lots.filter(({ number }) => drawing.lots?.includes(number))) {
        const markIds = records.flatMap(({ id, props }) =>
          'given' in props && props.given?.productId === lot.productId ? [id] : [],
        );
        if (markIds.length > 0) wellDone(await setMark(deps, actor, { schemeId, markIds, lotId: lot.id }));
      }
    };
    await lay(drawing.drawn);
    if (drawing.note)
      wellDone(
        await setMark(deps, actor, {
          schemeId,
          markIds: [`shape:seed-${drawing.note.number}`],
          note: drawing.note.text,
        }),
      );
    if (drawing.finish === false) continue;
    clock = at(drawing.daysAgo, 25);
    wellDone(await finishScheme(deps, actor, schemeId));
    if (drawing.corrected) {
      clock = at(drawing.corrected.daysAgo);
      wellDone(await correctScheme(deps, actor, { schemeId, reason: drawing.corrected.reason }));
      await lay(drawing.corrected.drawn);
      clock = at(drawing.corrected.daysAgo, 5);
      wellDone(await finishScheme(deps, actor, schemeId));
    }
    if (drawing.share) wellDone(await shareScheme(deps, actor, { schemeId, isShared: true }));
  }
}
