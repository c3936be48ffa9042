import { createHash } from 'node:crypto';
import { answerSlots, byViewerDate } from './slots.ts';
import { instantOf, ScenarioError, unknownPolicy } from './slots-input.ts';

export type ScenarioOutcome = { readonly ok: boolean; readonly differences: string[] };

type Fields = { readonly [key: string]: unknown };

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/**
 * Runs one scenario of kind `slots` and says what differs: the starts, those under another policy value, those of each
 * specialist and of each viewer's date where the scenario gives them. What cannot be understood is one named difference.
 */
export function runSlotsScenario(scenario: Fields): ScenarioOutcome {
  const differences: string[] = [];
  try {
    const { input, expected, alternatives, expectedExtra } = scenario;
    const answer = answerSlots(input);
    differences.push(...compare('starts', answer.starts, expected));
    if (Array.isArray(alternatives))
      for (const alternative of alternatives.filter(isFields)) {
        const policy = isFields(alternative.policy) ? alternative.policy : {};
        // A value that no clinic can set is not a promise of the engine.
        if (unknownPolicy(policy).length > 0) continue;
        differences.push(
          ...compare(
            `starts under ${JSON.stringify(policy)}`,
            answerSlots(input, policy).starts,
            alternative.expected,
          ),
        );
      }
    if (isFields(expectedExtra)) differences.push(...compareExtra(expectedExtra, answer, input));
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    differences.push(error.message);
  }
  return { ok: differences.length === 0, differences };
}

function compareExtra(extra: Fields, answer: ReturnType<typeof answerSlots>, input: unknown): string[] {
  const differences: string[] = [];
  if (isFields(extra.bySpecialist))
    for (const [id, expected] of Object.entries(extra.bySpecialist))
      differences.push(...compare(`starts of ${id}`, answer.bySpecialist.get(id) ?? [], expected));
  const query = isFields(input) && isFields(input.query) ? input.query : {};
  if (isFields(extra.byViewerDate) && typeof query.viewerTimezone === 'string') {
    const dates = byViewerDate(answer.starts, query.viewerTimezone);
    for (const date of new Set([...Object.keys(extra.byViewerDate), ...dates.keys()]))
      differences.push(
        ...compare(`starts seen on ${date}`, dates.get(date) ?? [], extra.byViewerDate[date] ?? []),
      );
  }
  return differences;
}

/** Compares starts as instants, with a list or with a count and a digest. */
function compare(what: string, found: readonly number[], expected: unknown): string[] {
  if (isFields(expected)) return compareDigest(what, found, expected);
  if (!Array.isArray(expected)) return [`${what}: the scenario expects nothing that can be compared`];
  const wanted = expected.map((text) => instantOf(String(text), 'expected'));
  const missing = wanted.filter((ms) => !found.includes(ms));
  const extra = found.filter((ms) => !wanted.includes(ms));
  if (missing.length === 0 && extra.length === 0 && wanted.length === found.length) return [];
  return [
    `${what}: ${wanted.length} expected, ${found.length} found${few('missing', missing)}${few('not expected', extra)}`,
  ];
}

function few(label: string, instants: readonly number[]): string {
  if (instants.length === 0) return '';
  const shown = instants.slice(0, 5).map(isoOf).join(', ');
  return `; ${label} ${instants.length}: ${shown}${instants.length > 5 ? ', …' : ''}`;
}

function compareDigest(what: string, found: readonly number[], expected: Fields): string[] {
  const lines = found.map(isoOf);
  const sha256 = createHash('sha256').update(lines.join('\n')).digest('hex');
  const differences: string[] = [];
  const check = (name: string, value: unknown) => {
    if (expected[name] !== undefined && expected[name] !== null && expected[name] !== value)
      differences.push(
        `${what}: ${name} is ${JSON.stringify(value)}, expected ${JSON.stringify(expected[name])}`,
      );
  };
  check('count', found.length);
  check('first', lines[0]);
  check('last', lines[lines.length - 1]);
  check('sha256', sha256);
  return differences;
}
