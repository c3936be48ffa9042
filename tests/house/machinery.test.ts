import { consecutiveFreePorts } from '../../scripts/ports.ts';
import { type Crash, SupervisedProcess } from '../../scripts/supervised-process.ts';
import { createServer, connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, it } from 'vitest';
import { fixedClock, idSequence } from '../support/clock.ts';
import { type FaultProxy, startFaultProxy } from '../support/proxy.ts';
import { type Inbox, startInbox } from '../support/smtp.ts';

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function inbox(): Promise<Inbox> {
  const started = await startInbox();
  open.push(() => started.stop());
  return started;
}

describe('the inbox of the tests', () => {
  const mail = {
    from: 'clinic@example.com',
    to: 'anna@example.com',
    subject: 'Визит',
    text: 'Завтра в 9:00',
  };

  it('keeps what a real client sends it', async () => {
    const { url, waitFor } = await inbox();
    const arrival = waitFor(({ to }) => to.includes('anna@example.com'));
    await createTransport(url).sendMail(mail);
    expect(await arrival).toMatchObject({
      from: 'clinic@example.com',
      subject: 'Визит',
      text: 'Завтра в 9:00',
    });
  });

  it('refuses when it is told to', async () => {
    const { url, mails, refuseWith } = await inbox();
    refuseWith(451);
    await expect(createTransport(url).sendMail(mail)).rejects.toMatchObject({ responseCode: 451 });
    refuseWith(undefined);
    await createTransport(url).sendMail(mail);
    expect(mails).toHaveLength(1);
  });

  it('says what did arrive when the awaited mail doesn’t', async () => {
    const { url, waitFor } = await inbox();
    await createTransport(url).sendMail(mail);
    await expect(waitFor(({ subject }) => subject === 'other', 50)).rejects.toThrow(
      'anna@example.com: Визит',
    );
  });
});

describe('the faulty line', () => {
  async function echoThroughProxy(): Promise<{
    proxy: FaultProxy;
    client: Socket;
    say(text: string): Promise<string>;
  }> {
    const server = createServer((socket) => socket.pipe(socket).on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => new Promise((resolve) => server.close(() => resolve())));
    const address = server.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const proxy = await startFaultProxy({ host: '127.0.0.1', port });
    open.push(() => proxy.stop());
    const client = connect(proxy.port, '127.0.0.1');
    client.on('error', () => undefined);
    open.push(() => void client.destroy());
    const say = (text: string) => {
      client.write(text);
      return new Promise<string>((resolve, reject) => {
        client.once('data', (bytes: Buffer) => resolve(bytes.toString()));
        client.once('close', () => reject(new Error('cut')));
      });
    };
    return { proxy, client, say };
  }

  it('carries bytes, late ones late', async () => {
    const { proxy, say } = await echoThroughProxy();
    expect(await say('at once')).toBe('at once');
    proxy.delay(60);
    const before = Date.now();
    expect(await say('late')).toBe('late');
    expect(Date.now() - before).toBeGreaterThanOrEqual(115); // there and back
  });

  it('swallows everything while the line stays open', async () => {
    const { proxy, client, say } = await echoThroughProxy();
    expect(await say('one')).toBe('one');
    proxy.blackHole(true);
    const outcome = await Promise.race([
      say('two'),
      new Promise((resolve) => setTimeout(resolve, 100, 'silence')),
    ]);
    expect(outcome).toBe('silence');
    expect(client.destroyed).toBe(false);
  });

  it('cuts', async () => {
    const { proxy, say } = await echoThroughProxy();
    expect(await say('one')).toBe('one');
    const answer = say('two');
    proxy.cut();
    await expect(answer).rejects.toThrow('cut');
    expect(proxy.openLines()).toBe(0);
  });
});

describe('the clock of the tests', () => {
  it('stands still until it is moved, and ids come in order', () => {
    const clock = fixedClock('2026-06-03T07:00:00Z');
    clock.advanceMinutes(90);
    expect(clock.now().toISOString()).toBe('2026-06-03T08:30:00.000Z');
    const newId = idSequence();
    expect([newId(), newId()]).toEqual([
      '00000001-0000-7000-8000-000000000001',
      '00000001-0000-7000-8000-000000000002',
    ]);
  });
});

describe('ports of tests', () => {
  it('lie together, below those of outgoing connections', async () => {
    for (let time = 0; time < 20; time++) {
      const ports = await consecutiveFreePorts(4);
      expect(ports).toEqual([0, 1, 2, 3].map((index) => (ports[0] ?? 0) + index));
      expect(Math.max(...ports)).toBeLessThan(32_768);
    }
  });
});

describe('a supervised process', () => {
  it('that ends by itself is started again, and its last words are told', async () => {
    const crashes: Crash[] = [];
    const args = ['-e', 'for (let i = 1; i <= 30; i++) console.error(`word ${i}`); process.exitCode = 3'];
    const plan = { name: 'brief', args, env: process.env };
    const brief = new SupervisedProcess(
      plan,
      () => undefined,
      (crash) => crashes.push(crash),
    );
    brief.start();
    await expect.poll(() => crashes.length, { timeout: 20_000 }).toBe(2);
    await brief.stop();
    expect(crashes.map(({ name, crashes: count }) => [name, count])).toEqual([
      ['brief', 1],
      ['brief', 2],
    ]);
    expect(crashes[0]?.lastWords).toContain('word 30');
    expect(crashes[0]?.lastWords).not.toContain('word 1\n');
  });
});
