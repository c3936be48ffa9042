/** The only reader of process.env inside src. Refuses to boot on nonsense, naming every setting that is wrong. */
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);
const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address beginning with ${protocols.join(' or ')}`,
  });

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** The unprivileged runtime role; the owner's address is for migrations alone and never reaches this process. */
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  /** The origin people type; links in messages begin with it. */
  APP_URL: url(['http:', 'https:']).default('http://localhost:3000'),
  /** Where the page finds the collab-server. */
  COLLAB_URL: url(['ws:', 'wss:']).optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  COLLAB_PORT: port.default(3001),
  NEXTAUTH_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }),
  /** Without it mail stays in the outbox that staff can open. */
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z.string().default('Dermis <clinic@localhost>'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** How many proxies stand in front; the client's address is taken through exactly so many. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  DATA_DIR: z.string().default('.data'),
});

export type Env = z.infer<typeof schema>;

/** Reads settings; throws one error that names every wrong one and never their values. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  // An empty setting is an absent one: deployments often pass "".
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`These settings keep Dermis from starting:\n${wrong.join('\n')}`);
}
