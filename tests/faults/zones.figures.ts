/** P20: around the nights in which clocks change, the search says exactly what counting minute by minute says. */
import fc from 'fast-check';
import { startsByCandidate } from '../../src/domain/starts.ts';
import type { Figure } from '../bench/reporter.ts';
import { inputAround } from '../support/starts-arbitrary.ts';
import { oracle } from '../support/starts-oracle.ts';

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'America/Santiago',
  'Africa/Cairo',
] as const;
const inputsPerChange = 12;
const hourMs = 3_600_000;

/** The local day before each of the next four clock changes, found by asking hour by hour, not by any library of ours. */
function changes(zone: string): string[] {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const offset = (ms: number) => format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value;
  const found: string[] = [];
  let before = offset(Date.UTC(2026, 0, 1));
  for (let ms = Date.UTC(2026, 0, 1); found.length < 4 && ms < Date.UTC(2030, 0, 1); ms += hourMs) {
    const now = offset(ms);
    if (now !== before)
      found.push(new Date(ms - 24 * hourMs).toLocaleDateString('sv-SE', { timeZone: zone }));
    before = now;
  }
  return found;
}

const clockChanges: Figure = {
  name: 'P20.clock_changes',
  unit: 'wrong starts',
  reach: `0 shifted, doubled or missing over four clock changes in each of ${zones.length} zones`,
  async run({ progress }) {
    let wrong = 0;
    let looked = 0;
    let nights = 0;
    const examples: string[] = [];
    for (const [index, zone] of zones.entries()) {
      for (const day of changes(zone)) {
        nights++;
        for (const input of fc.sample(inputAround([zone, day]), {
          numRuns: inputsPerChange,
          seed: 20 + nights,
        })) {
          const found = startsByCandidate(input);
          const expected = oracle(input);
          for (const [candidate, starts] of expected.entries()) {
            const ours = found[candidate] ?? [];
            looked += starts.length;
            const missing = starts.filter((start) => !ours.includes(start)).length;
            const shifted = ours.filter((start) => !starts.includes(start)).length;
            const doubled = ours.length - new Set(ours).size;
            wrong += missing + shifted + doubled;
            if (missing + shifted + doubled > 0) examples.push(`${zone} ${day}`);
          }
        }
      }
      progress(index + 1, zones.length);
    }
    return {
      value: wrong,
      ok: wrong === 0 && nights === zones.length * 4 && looked > 1_000,
      detail: `${looked} starts around ${nights} nights ${[...new Set(examples)].slice(0, 5).join(', ')}`,
    };
  },
};

export const figures: Figure[] = [clockChanges];
