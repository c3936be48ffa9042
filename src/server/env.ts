/** The only reader of process.env inside src. Refuses to boot on nonsense, naming every setting that is wrong. */
import { z } from 'zod';
import { estimatedBits } from './secret-strength.ts';

const port = z.coerce.number().int().min(1).max(65535);
const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address beginning with ${protocols.join(' or ')}`,
  });

const listOf = <T extends z.ZodType<string, string>>(one: T) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(one).min(1));

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** The unprivileged runtime role; the owner's address is for migrations alone and never reaches this process. */
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  /** The origin people type; links in messages begin with it. */
  APP_URL: url(['http:', 'https:']).default('http://localhost:3000'),
  /** Where the page finds the collab-server; of several all, with commas between. */
  COLLAB_URL: listOf(url(['ws:', 'wss:'])).optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  COLLAB_PORT: port.default(3001),
  NEXTAUTH_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }),
  /** Keys for the trail, second factors and puzzles are derived from it. */
  MASTER_KEY: z.string().min(32, { error: 'must have at least 32 characters' }),
  /** Without it mail stays in the outbox that staff can open. */
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z.string().default('Dermis <clinic@localhost>'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** How many proxies stand in front; the client's address is taken through exactly so many. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  DATA_DIR: z.string().default('.data'),
  /** Of the drawing's editor, which works without one and then says who made it. It reaches the browser, which checks it. */
  NEXT_PUBLIC_TLDRAW_LICENSE_KEY: z.string().max(4_000).optional(),
});

export type Env = z.infer<typeof schema>;
type Given = Partial<Record<string, string>>;

export interface WrongSetting {
  name: string;
  /** What is wrong and what would be right; never the value. */
  why: string;
}

/** Addresses that lead nowhere but to this machine. */
export const isLoopback = (hostname: string): boolean =>
  /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname);

/** In production under an address that others can reach; what runs on this machine for itself may keep simpler settings. */
export function isDeployment(given: { NODE_ENV?: string; APP_URL?: string }): boolean {
  const address = given.APP_URL ?? '';
  return given.NODE_ENV === 'production' && URL.canParse(address) && !isLoopback(new URL(address).hostname);
}

const leastSecretBits = 90;
/** The database is not asked by strangers as often as they like. */
const leastPasswordBits = 40;
/** Roles that own what others keep: `clinic` is the embedded server's. */
const owners = new Set(['postgres', 'clinic', 'root', 'admin']);

const userOf = (address: string | undefined): string | null =>
  address && URL.canParse(address) ? new URL(address).username || null : null;

function wrongSecrets(given: Given): WrongSetting[] {
  const wrong: WrongSetting[] = [];
  for (const name of ['NEXTAUTH_SECRET', 'MASTER_KEY'] as const) {
    const secret = given[name];
    if (secret !== undefined && estimatedBits(secret) < leastSecretBits)
      wrong.push({ name, why: 'is known or easy to guess; make one with: openssl rand -base64 48' });
  }
  if (given.MASTER_KEY !== undefined && given.MASTER_KEY === given.NEXTAUTH_SECRET)
    wrong.push({ name: 'MASTER_KEY', why: 'must be another one than NEXTAUTH_SECRET' });
  return wrong;
}

/** What a clinic's own machine may have and one that others reach may not. */
function wrongInDeployment(given: Given): WrongSetting[] {
  const wrong: WrongSetting[] = [];
  const begins = (name: string, protocol: string, why: string) => {
    const addresses = (given[name] ?? '').split(',').map((part) => part.trim());
    if (addresses.some((address) => URL.canParse(address) && new URL(address).protocol !== protocol))
      wrong.push({ name, why: `must begin with ${protocol}//: ${why}` });
  };
  begins('APP_URL', 'https:', 'passwords and sessions would travel in the open');
  begins('COLLAB_URL', 'wss:', 'what is drawn would travel in the open');
  const address = given.DATABASE_URL;
  if (!address || !URL.canParse(address)) return wrong;
  const user = userOf(address);
  if (user !== null && (owners.has(user) || user === userOf(given.DATABASE_OWNER_URL)))
    wrong.push({
      name: 'DATABASE_URL',
      why: 'must be the address of the unprivileged role (dermis_app): row security does not bind the owner',
    });
  const { password } = new URL(address);
  if (password !== '' && (password === user || estimatedBits(password) < leastPasswordBits))
    wrong.push({ name: 'DATABASE_URL', why: 'its password is known or easy to guess' });
  return wrong;
}

/** An empty setting is an absent one: deployments often pass "". */
const withoutEmpty = (source: Record<string, string | undefined>): Given =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));

/** Every setting that keeps Dermis from starting, each once; empty where it may. */
export function wrongSettings(source: Record<string, string | undefined>): WrongSetting[] {
  const given = withoutEmpty(source);
  const parsed = schema.safeParse(given);
  const wrong = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    name: path.join('.'),
    why: path.length === 1 && given[String(path[0])] === undefined ? 'is missing' : message,
  }));
  if (given.NODE_ENV === 'production') wrong.push(...wrongSecrets(given));
  if (isDeployment(given)) wrong.push(...wrongInDeployment(given));
  return wrong.filter(({ name }, index) => wrong.findIndex((other) => other.name === name) === index);
}

/**
 * Reads settings; throws one error that names every wrong one and never their values. In production secrets must be strong; where others
 * reach it (`isDeployment`) the address must begin with https and the database's role must not be the owner's.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const wrong = wrongSettings(source);
  if (wrong.length > 0) {
    const lines = wrong.map(({ name, why }) => `  ${name}: ${why}`);
    throw new Error(`These settings keep Dermis from starting:\n${lines.join('\n')}`);
  }
  return schema.parse(withoutEmpty(source));
}
