import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const playwrightHost = process.env.PLAYWRIGHT_DOWNLOAD_HOST ?? 'https://cdn.playwright.dev';
const probeMillis = 3000;
const downloadMillis = 300_000;

/** What Chromium needs to run as root in a container and what keeps it from talking to anybody. */
export const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * A browser that runs here, as the path of its program: a given one (PW_CHROMIUM), Playwright's own, one of the
 * system, Playwright's downloaded, Debian's installed. Throws rather than leave the browser tests out.
 */
export async function findBrowser(say: (line: string) => void = console.log): Promise<string> {
  const given = process.env.PW_CHROMIUM;
  if (given) {
    if (runs(given)) return given;
    throw new Error(`PW_CHROMIUM is set to ${given}, but that does not run.`);
  }
  const own = chromium.executablePath();
  if (runs(own)) return own;
  if (await canDownload()) {
    say('Downloading Playwright’s Chromium (once) …');
    spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], {
      stdio: 'inherit',
      timeout: downloadMillis,
    });
    if (runs(own)) return own;
  }
  const system = systemBrowsers.find(runs);
  if (system) return system;
  if (installFromDebian(say)) {
    const installed = systemBrowsers.find(runs);
    if (installed) return installed;
  }
  throw new Error(
    'No browser for the end-to-end tests: Playwright’s could not be downloaded, no Chromium is installed and it could ' +
      'not be installed. Install Chromium or Chrome, or set PW_CHROMIUM to its program.',
  );
}

/** Being there is not enough: Playwright's own may lack libraries of the system. */
function runs(program: string): boolean {
  if (!existsSync(program)) return false;
  return spawnSync(program, ['--version', '--no-sandbox'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

async function canDownload(): Promise<boolean> {
  try {
    await fetch(playwrightHost, { method: 'HEAD', signal: AbortSignal.timeout(probeMillis) });
    return true;
  } catch {
    return false; // no network, or none to that host
  }
}

function installFromDebian(say: (line: string) => void): boolean {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return false;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args: string[]) => {
    const [program = 'apt-get', ...rest] = [...asRoot, 'apt-get', ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(program, rest, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
  };
  say('Installing Debian’s Chromium (once) …');
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium');
}
