/** What the doctor sees without asking anybody: settings, files, room on the disk. */
import { existsSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { isDeployment, isLoopback, wrongSettings } from '../../src/server/env.ts';
import { type Finding, said, type Setup } from './finding.ts';

const megabyte = 2 ** 20;
const leastMegabytes = 256;
const fewMegabytes = 2_048;

export function lookAtSettings({ given }: Setup): Finding[] {
  const wrong = wrongSettings(given);
  if (wrong.length === 0) return [said('settings').ok('make sense, and secrets are strong')];
  return wrong.map(({ name, why }) =>
    said('settings').fail(
      `${name}: ${why}`,
      why === 'is missing'
        ? `set ${name}; on one's own machine npm start makes what is missing`
        : `set ${name} anew and start again`,
    ),
  );
}

/** Who stands in front, and whose word about addresses is taken: guesses are counted by network, which only that word tells. */
export function lookAtProxies({ given }: Setup): Finding[] {
  const about = said('proxies');
  const trusted = Number(given.TRUSTED_PROXIES || 0);
  const host = given.HOST || '127.0.0.1';
  if (!isDeployment(given))
    return [
      trusted === 0
        ? about.ok('none in front, and none believed')
        : about.warn(
            'forwarding headers are believed, and nothing stands in front',
            'leave TRUSTED_PROXIES at 0 where people reach the app directly',
          ),
    ];
  if (trusted === 0)
    return [
      about.fail(
        'TLS ends in front of the app, but TRUSTED_PROXIES is 0: everybody seems to come from one address',
        'set TRUSTED_PROXIES to the number of proxies between people and the app',
      ),
    ];
  if (!isLoopback(host))
    return [
      about.warn(
        `the app listens on ${host}: whoever reaches that port past the proxy chooses an address`,
        'let HOST be 127.0.0.1, or close the port to all but the proxy',
      ),
    ];
  return [about.ok(`the client's address is taken through ${trusted}`)];
}

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8).padStart(4, '0');

export function lookAtFiles({ dataDir }: Setup): Finding[] {
  const about = said('files');
  if (process.platform === 'win32') return [];
  if (!existsSync(dataDir)) return [about.fail('there is no DATA_DIR yet', 'start Dermis once: npm start')];
  const findings: Finding[] = [];
  const mode = statSync(dataDir).mode;
  if (mode & 0o022)
    findings.push(about.fail(`others may write into DATA_DIR (${modeOf(dataDir)})`, `chmod 711 ${dataDir}`));
  else if (mode & 0o044)
    findings.push(about.warn(`others may look into DATA_DIR (${modeOf(dataDir)})`, `chmod 711 ${dataDir}`));
  for (const name of ['secrets.env', 'demo-accounts.json', 'trail-head.json']) {
    const file = path.join(dataDir, name);
    if (existsSync(file) && statSync(file).mode & 0o077)
      findings.push(about.fail(`others may read ${name} (${modeOf(file)})`, `chmod 600 ${file}`));
  }
  const uploads = path.join(dataDir, 'imports');
  if (existsSync(uploads) && statSync(uploads).mode & 0o077)
    findings.push(about.fail(`others may read uploads (${modeOf(uploads)})`, `chmod 700 ${uploads}`));
  return findings.length > 0 ? findings : [about.ok('secrets and uploads are this user’s alone')];
}

export function lookAtDemo({ given, dataDir }: Setup): Finding[] {
  if (!isDeployment(given) || !existsSync(path.join(dataDir, 'demo-accounts.json'))) return [];
  return [
    said('demo clinic').warn(
      'the accounts of the example clinic are in this database, all with one password',
      'make an administrator of your own, then block them under Settings → People',
    ),
  ];
}

export function lookAtDisk({ dataDir }: Setup): Finding[] {
  if (!existsSync(dataDir)) return [];
  const { bavail, bsize, blocks } = statfsSync(dataDir);
  const free = (bavail * bsize) / megabyte;
  const about = said('disk');
  const says = `${Math.round(free)} MB free (${Math.round((100 * bavail) / Math.max(1, blocks))} %)`;
  if (free < leastMegabytes) return [about.fail(says, 'make room: a full disk stops the database')];
  if (free < fewMegabytes) return [about.warn(says, 'make room before it is needed')];
  return [about.ok(says)];
}
