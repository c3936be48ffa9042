import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { ProcessPlan } from './supervised-process.ts';

const nextCli = 'node_modules/next/dist/bin/next';

/** Which processes run, and what each is told. The owner's address and the demo password reach none of them. */
export function plan(settings: Settings, runtimeUrl: string, secrets: Secrets): ProcessPlan[] {
  const { dev, host, webPorts, collabPorts } = settings;
  const {
    DATABASE_OWNER_URL: _owner,
    DEMO_PASSWORD: _demo,
    DATABASE_APP_PASSWORD: _password,
    ...inherited
  } = process.env;
  const [firstWeb = 3000] = webPorts;
  const addressOf = (port: number) => settings.appUrl ?? `http://localhost:${port}`;
  const isDeployed = settings.appUrl?.startsWith('https:') === true;
  const shared = {
    ...inherited,
    NODE_ENV: dev ? ('development' as const) : ('production' as const),
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: runtimeUrl,
    NEXTAUTH_SECRET: secrets.NEXTAUTH_SECRET,
    MASTER_KEY: secrets.MASTER_KEY,
    DATA_DIR: settings.dataDir,
    HOST: host,
    COLLAB_PORT: String(collabPorts[0]),
  };
  const named = (name: string, amount: number, index: number) =>
    amount === 1 ? name : `${name}-${index + 1}`;
  // Where others come in, the page looks for it beside the app, over TLS, unless it is said to be elsewhere. Here each web process
  // names all of them, another one first: two of both serve one drawing from two, and whoever loses one finds the other.
  const collabUrlOf = (port: number) => {
    const first = Math.max(0, webPorts.indexOf(port)) % collabPorts.length;
    const inTurn = [...collabPorts.slice(first), ...collabPorts.slice(0, first)];
    return (
      settings.collabUrl ??
      (isDeployed ? undefined : inTurn.map((each) => `ws://localhost:${each}`).join(','))
    );
  };
  const webEnv = (port: number) => ({
    ...shared,
    COLLAB_URL: collabUrlOf(port),
    APP_URL: addressOf(port),
    NEXTAUTH_URL: addressOf(port),
    PORT: String(port),
  });
  return [
    ...webPorts.map((port, index) => ({
      name: named('web', webPorts.length, index),
      args: [nextCli, dev ? 'dev' : 'start', '-H', host, '-p', String(port)],
      env: webEnv(port),
    })),
    { name: 'worker', args: ['workers/main.ts'], env: webEnv(firstWeb) },
    ...collabPorts.map((port, index) => ({
      name: named('collab', collabPorts.length, index),
      args: ['collab-server/main.ts'],
      env: { ...webEnv(firstWeb), COLLAB_PORT: String(port) },
    })),
  ];
}
