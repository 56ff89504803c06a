import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DoctorError } from '../../src/model/index.ts';
import { expandPaths, openSource } from '../../src/sources/index.ts';
import { readAll } from './reading.ts';
import { temporaryDirectory } from './temporary.ts';

/** Makes empty files, with their directories. */
function makeFiles(directory: string, ...names: string[]): void {
  for (const name of names) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), '');
  }
}

interface Expanded {
  readonly names: readonly string[];
  readonly problems: readonly string[];
}

async function expand(cwd: string, ...paths: string[]): Promise<Expanded> {
  const { inputs, problems } = await expandPaths(paths, { cwd });
  return { names: inputs.map(({ name }) => name), problems: problems.map(({ code, source }) => `${code} ${source}`) };
}

async function refusal(cwd: string, ...paths: string[]): Promise<DoctorError> {
  const error: unknown = await expandPaths(paths, { cwd }).catch((thrown: unknown) => thrown);
  if (error instanceof DoctorError) return error;
  throw new Error('was not refused');
}

describe('names', () => {
  it('are as the user wrote them, in natural order', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'logs/app.log', 'logs/app.log.9', 'logs/app.log.10', 'logs/app.log.2');
    const expected = ['app.log', 'app.log.2', 'app.log.9', 'app.log.10'];
    const under = (prefix: string): string[] => expected.map((name) => `${prefix}${name}`);
    expect((await expand(cwd, 'logs')).names).toEqual(under('logs/'));
    expect((await expand(cwd, './logs/')).names).toEqual(under('./logs/'));
    expect((await expand(cwd, 'logs/*')).names).toEqual(under('logs/'));
    expect((await expand(cwd, './logs/app*')).names).toEqual(under('./logs/'));
    expect((await expand(cwd, `${cwd}/logs`)).names).toEqual(under(`${cwd}/logs/`));
    expect((await expand(cwd, `${cwd}/logs/**`)).names).toEqual(under(`${cwd}/logs/`));
    expect((await expand(join(cwd, 'logs'), '.')).names).toEqual(under('./'));
    expect((await expand(join(cwd, 'logs'), ...expected.toReversed())).names).toEqual(expected);
  });

  it('come with time and size', async () => {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, 'app.log'), 'one\n');
    const { inputs } = await expandPaths(['app.log'], { cwd });
    expect(inputs).toMatchObject([{ kind: 'file', origin: 'named', sizeBytes: 4, path: join(cwd, 'app.log') }]);
    expect(inputs[0]).toHaveProperty('modifiedAt', expect.closeTo(Date.now(), -5));
  });

  it('lead to a file once, whatever leads to it', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'logs/app.log');
    symlinkSync('app.log', join(cwd, 'logs/current.log'));
    linkSync(join(cwd, 'logs/app.log'), join(cwd, 'logs/hard.log'));
    symlinkSync('logs', join(cwd, 'link'));
    expect((await expand(cwd, 'logs/current.log', 'logs', 'link', 'l*/*.log', 'logs/app.log')).names).toHaveLength(1);
    expect((await expand(cwd, 'logs', 'link/current.log')).names).toEqual(['link/current.log']);
  });
});

describe('directories', () => {
  it('give all their files but the hidden ones', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'logs/a', 'logs/sub/deep/b.log.gz', 'logs/.env', 'logs/.git/HEAD', 'logs/sub/.c.swp', 'logs/.d');
    const { inputs, problems } = await expandPaths(['logs'], { cwd });
    expect(inputs.map(({ name }) => name)).toEqual(['logs/a', 'logs/sub/deep/b.log.gz']);
    expect(problems).toMatchObject([{ code: 'hidden-skipped', source: 'logs' }]);
    expect(problems[0]?.message).toBe('Hidden, not read: logs/.d, logs/.env, logs/.git and 1 more.');
    expect((await expand(cwd, 'logs/.env')).names).toEqual(['logs/.env']);
    expect((await expand(cwd, 'logs/.git')).names).toEqual(['logs/.git/HEAD']);
  });

  it('are refused when they hold nothing', async () => {
    const cwd = temporaryDirectory();
    mkdirSync(join(cwd, 'logs'));
    makeFiles(cwd, 'hidden/.a');
    expect((await refusal(cwd, 'logs')).problems).toMatchObject([{ code: 'no-match', source: 'logs' }]);
    expect((await refusal(cwd, 'hidden')).problems[0]?.hint).toContain('hidden');
  });

  it('hold files whose names look like patterns', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'a[1]/b*c?.log', 'a[1]/{x}.log');
    expect((await expand(cwd, 'a[1]')).names).toEqual(['a[1]/{x}.log', 'a[1]/b*c?.log']);
  });
});

describe('patterns', () => {
  it('match as in a shell', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'a.log', 'b.txt', 'sub/c.log', 'sub/deep/d.log', '.hidden.log');
    expect((await expand(cwd, '*.log')).names).toEqual(['a.log']);
    expect((await expand(cwd, '**/*.log')).names).toEqual(['a.log', 'sub/c.log', 'sub/deep/d.log']);
    expect((await expand(cwd, '{a.log,b.txt}')).names).toEqual(['a.log', 'b.txt']);
    expect((await expand(cwd, '.*.log')).names).toEqual(['.hidden.log']);
  });

  it('lose against a file of that very name', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'app[1].log', 'app1.log', '*.log');
    expect((await expand(cwd, 'app[1].log')).names).toEqual(['app[1].log']);
    expect((await expand(cwd, '*.log')).names).toEqual(['*.log']);
    expect((await expand(cwd, 'app[12].log')).names).toEqual(['app1.log']);
  });

  it('are refused when they match nothing', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'logs/app.log');
    const { problems } = await refusal(cwd, '*.txt', 'lo*', 'nowhere/**', `${'a'.repeat(70_000)}*`);
    expect(problems.map(({ code }) => code)).toEqual(['no-match', 'no-match', 'no-match', 'no-match']);
    expect(problems[1]?.hint).toContain("'lo*/**'");
  });
});

describe('paths that do not exist', () => {
  it('are refused all at once, with what may be meant', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'logs/app.log', 'logs/error.log');
    const { problems } = await refusal(
      cwd,
      'logs/ap.log',
      'lgos/error.log',
      'logs/APP.LOG',
      'unlike',
      '',
      'logs/app.log/x',
    );
    expect(problems.map(({ code }) => code)).toEqual(Array(6).fill('path-not-found'));
    expect(problems.map(({ hint }) => hint)).toEqual([
      'did you mean logs/app.log?',
      'did you mean logs/error.log?',
      'did you mean logs/app.log?',
      undefined,
      undefined,
      undefined,
    ]);
    const absolute = await refusal(cwd, join(cwd, 'logs/error.lo'));
    expect(absolute.problems[0]?.hint).toBe(`did you mean ${cwd}/logs/error.log?`);
  });
});

describe('what is no file', () => {
  it('is skipped with a reason', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'logs/app.log');
    execFileSync('mkfifo', [join(cwd, 'logs/fifo')]);
    const server = createServer().listen(join(cwd, 'logs/socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    symlinkSync('nothing', join(cwd, 'logs/dangling'));
    symlinkSync('self', join(cwd, 'logs/self'));
    symlinkSync('/dev/zero', join(cwd, 'logs/zero'));
    const skipped = [
      'not-readable logs/dangling',
      'not-a-file logs/fifo',
      'link-loop logs/self',
      'not-a-file logs/socket',
      'not-a-file logs/zero',
    ];
    for (const path of ['logs', 'logs/*']) {
      expect(await expand(cwd, path)).toEqual({ names: ['logs/app.log'], problems: skipped });
    }
    const named = await expand(cwd, 'logs/socket', 'logs/self', '/dev/zero', 'logs/app.log');
    expect(named.problems).toEqual(['not-a-file logs/socket', 'link-loop logs/self', 'not-a-file /dev/zero']);
    server.close();
  });

  it('is a pipe when it is a FIFO or descriptor that is named', async () => {
    const cwd = temporaryDirectory();
    execFileSync('mkfifo', [join(cwd, 'fifo')]);
    const { inputs } = await expandPaths(['fifo', '-', '-', './fifo'], { cwd });
    expect(inputs).toEqual([
      { kind: 'pipe', name: 'fifo', from: join(cwd, 'fifo') },
      { kind: 'pipe', name: 'stdin', from: 0 },
    ]);
  });

  it('is an empty file when it is the null device', async () => {
    expect((await expand('/', '/dev/null')).names).toEqual(['/dev/null']);
  });
});

describe('links', () => {
  it('that lead back are not followed in circles', async () => {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'logs/a/app.log', 'logs/b/other.log');
    symlinkSync('..', join(cwd, 'logs/a/up'));
    symlinkSync('../b', join(cwd, 'logs/a/b'));
    symlinkSync('../a', join(cwd, 'logs/b/a'));
    for (const path of ['logs', 'logs/**', 'logs/**/*.log']) {
      const { names, problems } = await expand(cwd, path);
      expect(names).toEqual(['logs/a/app.log', 'logs/a/b/other.log']);
      expect(problems).toContain('link-loop logs/a/up');
      expect(problems.every((problem) => problem.startsWith('link-loop'))).toBe(true);
    }
  });

  it('that multiply do not keep the walk busy', async () => {
    const cwd = temporaryDirectory();
    for (let level = 0; level < 30; level++) {
      mkdirSync(join(cwd, `logs/${level}`), { recursive: true });
      for (const name of ['x', 'y', 'z']) symlinkSync(`../${level + 1}`, join(cwd, `logs/${level}/${name}`));
    }
    makeFiles(cwd, 'logs/30/app.log');
    expect((await expand(cwd, 'logs/0')).names).toHaveLength(1);
  });
});

// Root may read everything, so it has to be someone else for a while; whoever is someone else anyway needs no change.
describe('without permission', () => {
  const NOBODY = 65_534;

  function becomeNobody(): void {
    if (process.geteuid?.() !== 0) return;
    process.seteuid?.(NOBODY);
    onTestFinished(() => process.seteuid?.(0));
  }

  function makeShut(): string {
    const cwd = temporaryDirectory();
    makeFiles(cwd, 'logs/open.log', 'logs/shut.log', 'logs/shut/inner.log');
    chmodSync(cwd, 0o755);
    for (const name of ['shut.log', 'shut']) chmodSync(join(cwd, 'logs', name), 0);
    onTestFinished(() => chmodSync(join(cwd, 'logs/shut'), 0o755));
    becomeNobody();
    return cwd;
  }

  it.each(['logs', 'logs/**'])('directories below %s are skipped with a reason', async (path) => {
    const cwd = makeShut();
    const { inputs, problems } = await expandPaths([path], { cwd });
    expect(inputs.map(({ name }) => name)).toEqual(['logs/open.log', 'logs/shut.log']);
    expect(problems).toEqual([
      { code: 'not-readable', source: 'logs/shut', message: 'The directory cannot be read: permission denied.' },
    ]);
  });

  it('what is named is skipped with a reason', async () => {
    const cwd = makeShut();
    const { names, problems } = await expand(cwd, 'logs/shut/inner.log', 'logs/shut', 'logs/open.log');
    expect(names).toEqual(['logs/open.log']);
    expect(problems).toEqual(['not-readable logs/shut/inner.log', 'not-readable logs/shut']);
  });

  it('files are skipped with a reason when they are read', async () => {
    const { inputs } = await expandPaths(['logs/shut.log'], { cwd: makeShut() });
    const readings = await Promise.all(inputs.map((input) => readAll(openSource(input, Date.now))));
    expect(readings.flatMap(({ problems }) => problems)).toEqual([
      { code: 'not-readable', source: 'logs/shut.log', message: 'Cannot be opened: permission denied.' },
    ]);
  });
});
