import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMissing } from './support/missing.ts';
import { Running } from './support/binary.ts';
import type { JsonFinding } from './support/json-report.ts';

const SERVICE = fileURLToPath(new URL('support/shop/server.mjs', import.meta.url));
const BIN = binariesOf('/usr/lib/postgresql');

/** The programs of the newest PostgreSQL that is installed. */
function binariesOf(directory: string): string | undefined {
  if (!existsSync(directory)) return undefined;
  const versions = readdirSync(directory).toSorted((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(directory, version, 'bin')).find((bin) => existsSync(join(bin, 'pg_ctl')));
}

/** PostgreSQL refuses to run as root; there it runs as the user that its package made. */
function ownerOf(user: string): { readonly uid: number; readonly gid: number } | undefined {
  if (userInfo().uid !== 0) return undefined;
  const id = (option: string): number => Number(execFileSync('id', [option, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A PostgreSQL of its own, in a directory of its own. */
class Postgres {
  readonly port: number;
  readonly #bin: string;
  readonly #directory: string;
  readonly #owner = ownerOf('postgres');

  constructor(bin: string, directory: string, port: number) {
    this.#bin = bin;
    this.#directory = directory;
    this.port = port;
    if (this.#owner !== undefined) chownSync(directory, this.#owner.uid, this.#owner.gid);
    this.#run('initdb', '--pgdata', this.#data, '--username', 'postgres', '--auth', 'trust', '--no-sync');
  }

  start(): void {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${this.#directory} -c fsync=off`;
    this.#control('start', '--wait', '--log', join(this.#directory, 'postgres.log'), '--options', options);
  }

  stop(mode: 'fast' | 'immediate'): void {
    this.#control('stop', '--wait', '--mode', mode);
  }

  get #data(): string {
    return join(this.#directory, 'data');
  }

  #control(...args: readonly string[]): void {
    this.#run('pg_ctl', '--pgdata', this.#data, ...args);
  }

  #run(program: string, ...args: readonly string[]): void {
    execFileSync(join(this.#bin, program), args, { ...this.#owner, cwd: this.#directory, stdio: 'ignore' });
  }
}

interface Event {
  readonly type: string;
  readonly finding: JsonFinding;
}

function refusals(stdout: string): readonly JsonFinding[] {
  const lines = stdout.split('\n').slice(0, -1);
  return lines
    .map((line) => JSON.parse(line) as Event)
    .filter(({ type, finding }) => type === 'finding' && finding.condition === 'connection-refused')
    .map(({ finding }) => finding);
}

describe.skipIf(isMissing(BIN === undefined ? 'PostgreSQL under /usr/lib/postgresql' : undefined))(
  'a service whose PostgreSQL stops (needs PostgreSQL under /usr/lib/postgresql)',
  () => {
    const stopping: (() => void)[] = [];
    let postgres: Postgres;
    let logFile: string;

    beforeAll(async () => {
      const directory = mkdtempSync(join(tmpdir(), 'backend-doctor-pg-'));
      stopping.push(() => rmSync(directory, { recursive: true, force: true }));
      const home = join(directory, 'postgres');
      mkdirSync(home);
      execFileSync('chmod', ['755', directory]);
      postgres = new Postgres(BIN ?? '', home, await freePort());
      postgres.start();
      stopping.push(() => postgres.stop('immediate'));
      logFile = join(directory, 'shop.log');
      writeFileSync(logFile, '');
      keep(spawn(process.execPath, [SERVICE, String(postgres.port), logFile], { stdio: 'ignore' }));
    }, 60_000);

    afterAll(() => {
      for (const stop of stopping.toReversed()) stop();
    });

    function keep<T extends ChildProcess>(child: T): T {
      stopping.push(() => void child.kill('SIGKILL'));
      return child;
    }

    it('is diagnosed while it happens, with host and port', async () => {
      const doctor = new Running(['--format', 'ndjson']);
      keep(doctor.child);
      const tail = keep(spawn('tail', ['-n', '+1', '-f', logFile], { stdio: ['ignore', 'pipe', 'ignore'] }));
      tail.stdout.pipe(doctor.child.stdin);
      await doctor.until(() => readFileSync(logFile, 'utf8').includes('stock counted'), 20_000);
      expect(doctor.stdout).toBe('');

      postgres.stop('fast');
      const delayMs = await doctor.until(({ stdout }) => refusals(stdout).length > 0, 10_000);
      console.info(`the refusal was shown ${Math.round(delayMs)} ms after PostgreSQL had stopped`);
      const [refusal] = refusals(doctor.stdout);
      expect(refusal?.captures).toMatchObject({ host: '127.0.0.1', port: String(postgres.port) });

      postgres.start();
      const before = readFileSync(logFile, 'utf8').length;
      await doctor.until(() => readFileSync(logFile, 'utf8').slice(before).includes('stock counted'), 20_000);
      doctor.child.kill('SIGINT');
      const { code, stdout } = await doctor.ended;
      expect(code).toBe(0);
      const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { type: string; diagnoses: number };
      expect(last.type).toBe('summary');
      expect(last.diagnoses).toBeGreaterThan(0);
      expect(stdout).toContain(`"peer":"127.0.0.1:${postgres.port}"`);
    }, 60_000);
  },
);
