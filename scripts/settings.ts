import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
const count = z.coerce.number().int().min(1).max(8);

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  COLLAB_PORT: port.optional(),
  DATA_DIR: z.string().default('.data'),
  APP_URL: z.url().optional(),
  COLLAB_URL: z.string().optional(),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  DATABASE_OWNER_URL: z.string().startsWith('postgres').optional(),
  NEXT_DIST_DIR: z.string().default('.next'),
  SMTP_URL: z.string().optional(),
});

/** What the supervisor has to know; everything else is the business of the processes (src/server/env.ts). */
export interface Settings {
  dev: boolean;
  host: string;
  webPorts: number[];
  collabPorts: number[];
  dataDir: string;
  distDir: string;
  /** Given by the operator; otherwise each web process answers under its own loopback address. */
  appUrl: string | undefined;
  collabUrl: string | undefined;
  external: { ownerUrl: string; runtimeUrl: string } | undefined;
  smtp: boolean;
}

/** Reads options (`--dev`, `--web 2`, `--collab 2`) and settings; throws one readable error that names what is wrong. */
export function readSettings(args: string[], env: NodeJS.ProcessEnv): Settings {
  const { values } = parseArgs({
    args,
    options: {
      dev: { type: 'boolean', default: false },
      web: { type: 'string', default: '1' },
      collab: { type: 'string', default: '1' },
    },
  });
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema
    .extend({ web: count, collab: count })
    .safeParse({ ...given, web: values.web, collab: values.collab });
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`These settings keep Dermis from starting:\n${wrong.join('\n')}`);
  }
  const { data } = parsed;
  if (data.DATABASE_OWNER_URL && !data.DATABASE_URL)
    throw new Error('DATABASE_OWNER_URL is set, but DATABASE_URL (the unprivileged role’s address) is not.');
  const firstCollab = data.COLLAB_PORT ?? data.PORT + 1;
  const collabPorts = Array.from({ length: data.collab }, (_, index) => firstCollab + index);
  return {
    dev: values.dev,
    host: data.HOST,
    webPorts: consecutivePorts(data.PORT, data.web, collabPorts),
    collabPorts,
    dataDir: path.resolve(data.DATA_DIR),
    distDir: data.NEXT_DIST_DIR,
    appUrl: data.APP_URL?.replace(/\/$/, ''),
    collabUrl: data.COLLAB_URL,
    external: data.DATABASE_URL
      ? { runtimeUrl: data.DATABASE_URL, ownerUrl: data.DATABASE_OWNER_URL ?? data.DATABASE_URL }
      : undefined,
    smtp: data.SMTP_URL !== undefined,
  };
}

/** `amount` ports from `first` upwards, stepping over those that are spoken for. */
function consecutivePorts(first: number, amount: number, taken: number[]): number[] {
  const ports: number[] = [];
  for (let candidate = first; ports.length < amount; candidate++)
    if (!taken.includes(candidate)) ports.push(candidate);
  return ports;
}
