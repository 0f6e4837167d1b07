/**
 * A real Tryton CRM on this machine, from Debian's packages: the adapter is proven against the product itself and not
 * against our idea of it. It listens on 127.0.0.1 only, keeps its data in a temporary folder, and ends only the processes
 * that it started. Debian's own `tryton-server` service, if one runs, is left alone.
 */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface TrytonOptions {
  /** Languages that people can choose beside English, for example `['es', 'de']`; each costs about two seconds. */
  readonly languages?: readonly string[];
  /** Told what happens, for a person who waits. */
  readonly log?: (line: string) => void;
}

export interface Tryton {
  readonly origin: string;
  readonly database: string;
  readonly login: string;
  readonly password: string;
  readonly databaseFile: string;
  /** One call as the web client makes it, signed in as the administrator. Throws what the server answers instead. */
  rpc(method: string, params: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

const run = promisify(execFile);
const webClient = '/usr/share/tryton-sao/www';
const modules = '/usr/lib/python3/dist-packages/trytond/modules/sale_opportunity';
const packages = ['tryton-server', 'tryton-modules-sale-opportunity', 'tryton-sao'];
const database = 'crm';
const login = 'admin';
const password = 'made-up-password';

/** Starts a CRM with the module `sale_opportunity` and nothing in it; about 20 s, with the installation 40 s. */
export async function startTryton(options: TrytonOptions = {}): Promise<Tryton> {
  const log = options.log ?? (() => undefined);
  await install(log);
  const folder = await mkdtemp(join(tmpdir(), 'relevo-tryton-'));
  let server: ChildProcess | null = null;
  const endWithUs = (): void => void server?.kill();
  process.once('exit', endWithUs);
  const close = async (): Promise<void> => {
    process.off('exit', endWithUs);
    if (server) await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const databaseFile = join(folder, `${database}.sqlite`);
    const config = join(folder, 'trytond.conf');
    const passwordFile = join(folder, 'password');
    await writeFile(
      config,
      [
        '[database]',
        'uri = sqlite://',
        `path = ${folder}`,
        '[web]',
        `listen = 127.0.0.1:${port}`,
        `root = ${webClient}`,
        '',
      ].join('\n'),
    );
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    // Tryton only fills a SQLite file that exists.
    await (await open(databaseFile, 'a')).close();
    log('Tryton: creating the database');
    await run(
      '/usr/bin/trytond-admin',
      `-c ${config} -d ${database} -u sale_opportunity --activate-dependencies --email admin@example.invalid -l en`
        .split(' ')
        .concat(options.languages ?? []),
      { env: { ...process.env, TRYTONPASSFILE: passwordFile }, timeout: 180_000 },
    );
    log(`Tryton: starting on ${origin}`);
    server = spawn('/usr/bin/trytond', ['-c', config, '-d', database], { stdio: 'ignore' });
    await untilServing(origin, server);
    const rpc = await signIn(origin);
    await finishSetUp(rpc);
    return { origin, database, login, password, databaseFile, rpc, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function install(log: (line: string) => void): Promise<void> {
  if (existsSync(webClient) && existsSync(modules) && existsSync('/usr/bin/trytond-admin')) return;
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0)
    throw new Error(`Tryton is not installed. On Debian, as root: ${command}`);
  log(`Tryton: ${command}`);
  // Debian may start a service of its own at the end. It is not ours: it has another port and another database.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, timeout: 300_000 });
  await run('apt-get', command.split(' ').slice(1), { env, timeout: 600_000, maxBuffer: 16 * 1024 * 1024 });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

async function untilServing(origin: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`trytond ended with code ${server.exitCode}`);
    const served = await fetch(`${origin}/`).then(
      (response) => response.ok,
      () => false,
    );
    if (served) return;
    if (Date.now() > deadline) throw new Error('trytond does not answer');
    await delay(100);
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => {
    server.once('exit', resolve);
  });
  server.kill('SIGTERM');
  await Promise.race([ended, delay(5000).then(() => server.kill('SIGKILL'))]);
  await ended;
}

async function call(origin: string, authorization: string | null, method: string, params: readonly unknown[]) {
  const response = await fetch(`${origin}/${database}/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(authorization ? { Authorization: authorization } : {}) },
    body: JSON.stringify({ id: 0, method, params }),
  });
  if (!response.ok) throw new Error(`${method}: HTTP ${response.status}`);
  const answer = (await response.json()) as { result?: unknown; error?: unknown };
  if (answer.error !== undefined) throw new Error(`${method}: ${JSON.stringify(answer.error).slice(0, 2000)}`);
  return answer.result;
}

async function signIn(origin: string): Promise<Tryton['rpc']> {
  const session = (await call(origin, null, 'common.db.login', [login, { password }])) as [number, string];
  const authorization = `Session ${Buffer.from([login, ...session].join(':')).toString('base64')}`;
  return (method, params) => call(origin, authorization, method, params);
}

/** Without it the web client opens its configuration wizard over the page. */
async function finishSetUp(rpc: Tryton['rpc']): Promise<void> {
  const items = (await rpc('model.ir.module.config_wizard.item.search', [[], 0, null, null, {}])) as number[];
  await rpc('model.ir.module.config_wizard.item.write', [items, { state: 'done' }, {}]);
}
