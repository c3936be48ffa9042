/** `npm run import`: what it understands, and the exit codes scripts rely on. */
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { importCommand } from '../../scripts/import-commands.ts';
import { importStage, samples, salonFile, tempFolder } from '../support/import-stage.ts';

vi.setConfig({ testTimeout: 60_000 });
const folder = tempFolder();
afterAll(() => folder.remove());
const stage = importStage();
const said: string[] = [];
const hear = (text: unknown) => void said.push(String(text));
vi.spyOn(console, 'log').mockImplementation(hear);
vi.spyOn(console, 'error').mockImplementation(hear);
afterEach(() => said.splice(0));

const run = (positionals: string[], options: Parameters<typeof importCommand>[3] = {}) =>
  importCommand(stage().deps, folder.path, positionals, options);

describe('npm run import', () => {
  it('brings a folder, one file, says what it would do, and takes back', async () => {
    expect(
      await run(['salon', path.join(samples, 'salon')], { zone: 'America/Vancouver', currency: 'CAD' }),
    ).toBe(0);
    expect(said.join('\n')).toContain('158.58');
    said.splice(0);
    const mapped = folder.write('visits.csv', 'Who;What;When;At;By\nA1;CUT;03/04/2020;10:00;MO\n');
    const options = {
      map: ['Who=clientCode', 'What=serviceCode', 'When=date', 'At=time', 'By=staff'],
      origin: 'salon',
      location: 'Salon',
    };
    expect(await run(['bookings', mapped], options)).toBe(1);
    expect(said.join()).toContain('--dates');
    said.splice(0);
    expect(await run(['bookings', mapped], { ...options, dates: 'dmy', 'dry-run': true })).toBe(0);
    expect(said.join()).toContain('1 created');
    expect(await stage().deps.db.appointment.count({ where: { serviceDate: new Date('2020-04-03') } })).toBe(
      0,
    );
    said.splice(0);
    expect(await run(['bookings', mapped], { ...options, dates: 'dmy' })).toBe(0);
    const [batchId = ''] = /[0-9a-f-]{36}/.exec(said.join()) ?? [];
    expect(await stage().deps.db.appointment.count({ where: { serviceDate: new Date('2020-04-03') } })).toBe(
      1,
    );
    expect(await run(['undo', batchId])).toBe(0);
    expect(await stage().deps.db.appointment.count({ where: { serviceDate: new Date('2020-04-03') } })).toBe(
      0,
    );
    expect(await run(['list'])).toBe(0);
  });

  it.each([
    ['an unknown kind', ['moods', salonFile('services')], {}, 2, 'nothing that can be imported'],
    ['a file that is not there', ['services', '/nowhere.csv'], {}, 2, 'does not exist'],
    [
      'a field that is none',
      ['services', salonFile('services')],
      { map: ['Code=mood'] },
      2,
      'no field "mood"',
    ],
    [
      'an order of dates that is none',
      ['no_shows', salonFile('no-shows')],
      { dates: 'ydm' },
      2,
      '--dates must be one of',
    ],
    [
      'minutes that are none',
      ['services', salonFile('services')],
      { minutes: ['COLOR=long'] },
      2,
      'whole number',
    ],
    ['a folder without its zone', ['salon', path.join(samples, 'salon')], {}, 2, '--zone is needed'],
    ['a zone that is none', ['salon', path.join(samples, 'salon')], { zone: 'Moon/Sea' }, 1, 'no time zone'],
    [
      'letters nobody named',
      ['clients', path.join(samples, 'clients-windows-1251.csv')],
      {},
      1,
      '--encoding windows-1251',
    ],
    ['nothing to take back', ['undo', '11111111-1111-4111-8111-111111111111'], {}, 1, 'Nothing to import'],
  ])('refuses %s with a sentence and an exit code', async (_what, positionals, options, code, words) => {
    expect(await run(positionals, options)).toBe(code);
    expect(said.join('\n')).toContain(words);
  });
});
