import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

/** Secrets of an installation: made on first run, never shipped, each replaceable by a setting of the same name. */
const makers = {
  /** Signs what next-auth signs. */
  NEXTAUTH_SECRET: () => randomBytes(48).toString('base64url'),
  /** What everything else is derived from: the trail's seal, seeds of second factors, puzzles. Losing it loses those. */
  MASTER_KEY: () => randomBytes(48).toString('base64url'),
  /** Password of the runtime role of the embedded database. */
  DATABASE_APP_PASSWORD: () => randomBytes(24).toString('base64url'),
  /** Password of the demo accounts of the seeded clinic. */
  DEMO_PASSWORD: readablePassword,
} as const;

export type SecretName = keyof typeof makers;
export type Secrets = Record<SecretName, string>;

const names = Object.keys(makers).filter((name): name is SecretName => name in makers);

/** Reads the secrets of a data folder and adds those that are missing. The file is the owner's alone (0600). */
export function loadSecrets(dataDir: string, settings: NodeJS.ProcessEnv = process.env): Secrets {
  const file = path.join(dataDir, 'secrets.env');
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const secrets: Secrets = {
    NEXTAUTH_SECRET: '',
    MASTER_KEY: '',
    DATABASE_APP_PASSWORD: '',
    DEMO_PASSWORD: '',
  };
  let added = false;
  for (const name of names) {
    const given = settings[name] || kept[name];
    secrets[name] = given ?? makers[name]();
    if (given === undefined) {
      kept[name] = secrets[name];
      added = true;
    }
  }
  if (added) {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    const lines = Object.entries(kept).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(file, lines.join(''), { mode: 0o600 });
  }
  return secrets;
}

/** Four syllable pairs such as `kuvo-rami-selo-tanu`: 53 bits, and a person can type it on a phone. */
function readablePassword(): string {
  const letter = (of: string) => of.charAt(randomInt(of.length));
  const syllable = () => letter('bcdfghjklmnprstvwxyz') + letter('aeiou');
  return Array.from({ length: 4 }, () => syllable() + syllable()).join('-');
}
