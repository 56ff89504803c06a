import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isPause, openSource, openStream, type Source } from '../../src/sources/index.ts';
import { compileSources, type Compiled } from './compiled.ts';
import { logText, readAll } from './reading.ts';
import { temporaryDirectory } from './temporary.ts';

function makeFifo(): string {
  const path = join(temporaryDirectory(), 'fifo');
  execFileSync('mkfifo', [path]);
  return path;
}

function fifoSource(path: string): Source {
  return openSource({ kind: 'pipe', name: 'fifo', from: path }, () => 5000);
}

/** A shell that writes to a FIFO; ended with the test. */
function shell(script: string, ...args: string[]): ChildProcess {
  const child = spawn('sh', ['-c', script, 'sh', ...args], { stdio: 'ignore' });
  onTestFinished(() => void child.kill());
  return child;
}

describe('a FIFO', () => {
  it('is read to its end, whoever comes first', async () => {
    const path = makeFifo();
    const reading = readAll(fifoSource(path));
    shell('sleep 0.2; printf "one\\n" > "$1"', path);
    expect((await reading).text).toBe('one\n');
    shell('printf "two\\n" > "$1"', path);
    expect((await readAll(fifoSource(path))).text).toBe('two\n');
  });

  it('delivers much, in pieces of any size', async () => {
    const path = makeFifo();
    const text = logText(3_000_000);
    const file = join(path, '../big.log');
    writeFileSync(file, text);
    shell('{ head -c 100; sleep 0.1; cat; } < "$2" > "$1"', path, file);
    expect((await readAll(fifoSource(path), { idleMs: 1000 })).text === text).toBe(true);
  });

  it('has the time of its opening', () => {
    expect(fifoSource('/nowhere').modifiedAt).toBe(5000);
    expect(fifoSource('/nowhere').sizeBytes).toBeUndefined();
  });

  it('tells each pause once, and goes on', async () => {
    const path = makeFifo();
    shell('{ echo one; sleep 0.5; echo two; sleep 0.5; echo three; } > "$1"', path);
    const seen: string[] = [];
    for await (const chunk of fifoSource(path).chunks({ idleMs: 100 })) {
      seen.push(isPause(chunk) ? 'pause' : Buffer.from(chunk).toString());
    }
    expect(seen).toEqual(['one\n', 'pause', 'two\n', 'pause', 'three\n']);
  });

  it('is decompressed as it comes', async () => {
    const path = makeFifo();
    writeFileSync(`${path}.1`, gzipSync('one\n'));
    writeFileSync(`${path}.2`, gzipSync('two\n'));
    shell('{ cat "$1.1"; sleep 0.5; head -c 15 "$1.2"; sleep 0.5; tail -c +16 "$1.2"; } > "$1"', path);
    const seen: string[] = [];
    for await (const chunk of fifoSource(path).chunks({ idleMs: 100 })) {
      seen.push(isPause(chunk) ? 'pause' : Buffer.from(chunk).toString());
    }
    expect(seen.filter((text) => text !== 'pause').join('')).toBe('one\ntwo\n');
    expect(seen.slice(0, 2)).toEqual(['one\n', 'pause']);
  });

  it('can be left while it is silent', async () => {
    const path = makeFifo();
    // Keeps the FIFO open without a word.
    const fd = openSync(path, 'r+');
    const stop = new AbortController();
    const reading = readAll(fifoSource(path), { signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    expect(await reading).toMatchObject({ text: '', codes: [] });
    expect(await readAll(fifoSource(path), { signal: stop.signal })).toMatchObject({ text: '', codes: [] });
    closeSync(fd);
  });

  it('does not hold up other reading, however many are silent', async () => {
    const fifos = Array.from({ length: 12 }, makeFifo);
    const stop = new AbortController();
    const silent = fifos.map((path) => readAll(fifoSource(path), { signal: stop.signal }));
    const file = join(temporaryDirectory(), 'app.log');
    writeFileSync(file, 'one\n');
    const facts = { name: 'app.log', identity: '', modifiedAt: 0, sizeBytes: 4 };
    const input = { kind: 'file', path: file, origin: 'named', ...facts } as const;
    expect((await readAll(openSource(input, () => 0))).text).toBe('one\n');
    stop.abort();
    expect((await Promise.all(silent)).map(({ codes }) => codes)).toEqual(fifos.map(() => []));
  });

  it('that is gone is a problem', async () => {
    expect((await readAll(fifoSource('/nowhere/fifo'))).codes).toEqual(['not-readable']);
  });
});

describe('a stream', () => {
  it('is read, bytes or text', async () => {
    const source = openStream('app', Readable.from(['one\n', Buffer.from('two\n'), '']), 7);
    expect(source).toMatchObject({ name: 'app', modifiedAt: 7 });
    expect((await readAll(source)).text).toBe('one\ntwo\n');
  });

  it('that fails ends there, with a problem', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield 'one\n';
      throw new Error('lost the connection');
    }
    const reading = await readAll(openStream('app', failing(), 0));
    expect(reading.text).toBe('one\n');
    expect(reading.problems).toEqual([
      { code: 'read-failed', source: 'app', message: 'Reading stopped: lost the connection.' },
    ]);
  });

  it('can be left while it is silent', async () => {
    const stop = new AbortController();
    const reading = readAll(openStream('app', new Readable({ read() {} }), 0), { signal: stop.signal });
    stop.abort();
    expect((await reading).text).toBe('');
  });
});

describe('standard input of a process', () => {
  let compiled: Compiled;
  beforeAll(() => (compiled = compileSources()), 60_000);
  afterAll(() => compiled.remove());

  /** Reads its arguments, prints what it read, and a line of problems to stderr. Ends on SIGINT. */
  const program = (): string => `
    import { expandPaths, openSource } from ${JSON.stringify(compiled.module)};
    const stop = new AbortController();
    process.on('SIGINT', () => stop.abort());
    const onProblem = ({ code, source }) => process.stderr.write(code + ' ' + source + '\\n');
    const { inputs } = await expandPaths(process.argv.slice(1), { cwd: process.cwd() });
    for (const input of inputs) {
      const source = openSource(input, Date.now);
      for await (const chunk of source.chunks({ signal: stop.signal, onProblem })) process.stdout.write(Buffer.from(chunk));
      process.stderr.write('end of ' + input.name + '\\n');
    }
    process.exit(0);`;

  /** Runs a script of bash in which "$READ" reads its arguments. */
  async function bash(script: string): Promise<{ stdout: string; stderr: string }> {
    const env = { ...process.env, PROGRAM: program(), NODE: process.execPath };
    const preamble = 'read_all() { "$NODE" --input-type=module -e "$PROGRAM" -- "$@"; }; ';
    const child = spawn('bash', ['-c', preamble + script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill());
    const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    return { stdout, stderr };
  }

  it.each([
    ['a pipe', '{ echo one; sleep 0.2; echo two; } | read_all -'],
    ['a pipe by its device', '{ echo one; sleep 0.2; echo two; } | read_all /dev/stdin'],
    ['a file', 'file=$(mktemp); printf "one\\ntwo\\n" > "$file"; read_all - < "$file"; rm "$file"'],
    [
      'a file from its present offset',
      'printf "x\\none\\ntwo\\n" > /tmp/o$$; { read -r; read_all -; } < /tmp/o$$; rm /tmp/o$$',
    ],
    ['a here document', "read_all - <<< $'one\\ntwo'"],
    ['gzip', '{ echo one; echo two; } | gzip | read_all -'],
    ['substituted processes', 'read_all <(echo one) <(sleep 0.2; echo two)'],
    ['descriptors', 'read_all /dev/fd/3 /proc/self/fd/4 3< <(echo one) 4< <(echo two)'],
  ])('can be %s', async (_name, script) => {
    const { stdout, stderr } = await bash(script);
    expect(stdout).toBe('one\ntwo\n');
    expect(stderr).toMatch(/^(end of .+\n)+$/);
  });

  it.each([
    ['the null device', 'read_all - < /dev/null'],
    ['closed', 'read_all - <&-'],
    ['an empty pipe', ': | read_all -'],
  ])('can be nothing: %s', async (_name, script) => {
    expect(await bash(script)).toEqual({ stdout: '', stderr: 'end of stdin\n' });
  });

  it('can be a directory by mistake', async () => {
    expect(await bash('read_all - < /')).toEqual({ stdout: '', stderr: 'read-failed stdin\nend of stdin\n' });
  });

  it('can be a socket', async () => {
    for (const path of ['-', '/dev/stdin']) {
      // Node gives its children sockets.
      const child = spawn(process.execPath, ['--input-type=module', '-e', program(), '--', path], { stdio: 'pipe' });
      child.stdin.write('one\n');
      setTimeout(() => child.stdin.end('two\n'), 100);
      expect(await textOf(child.stdout)).toBe('one\ntwo\n');
    }
  });

  it('can be a pipe that others made non-blocking', async () => {
    const nonBlocking = "perl -MFcntl -e 'fcntl(STDIN, F_SETFL, O_NONBLOCK); exec @ARGV' --";
    const { stdout } = await bash(
      `{ sleep 0.2; echo one; sleep 0.2; echo two; } | ${nonBlocking} "$NODE" --input-type=module -e "$PROGRAM" -- -`,
    );
    expect(stdout).toBe('one\ntwo\n');
  });

  it('can be a terminal', async () => {
    const command = '"$NODE" --input-type=module -e "$PROGRAM" -- -';
    const { stdout } = await bash(
      `{ sleep 1; printf 'one\\n'; sleep 0.5; printf '\\004'; sleep 0.5; } | script -qec '${command}' /dev/null`,
    );
    expect(stdout.replaceAll('\r', '')).toContain('one\none\nend of stdin\n');
  });

  it('lets the process end at once while it is silent', async () => {
    const child = spawn(
      'bash',
      ['-c', 'sleep 60 | exec "$0" --input-type=module -e "$1" -- -', process.execPath, program()],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      },
    );
    onTestFinished(() => void process.kill(-(child.pid ?? 0), 'SIGKILL'));
    const ended = textOf(child.stderr);
    setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGINT'), 1500);
    expect(await ended).toBe('end of stdin\n');
  }, 20_000);

  it('tells a writer that nobody reads any more', async () => {
    const { stderr } = await bash(
      '{ yes; echo "writer ended" >&2; } | timeout -s INT 2 "$NODE" --input-type=module -e "$PROGRAM" -- - > /dev/null',
    );
    expect(stderr).toContain('end of stdin');
    expect(stderr).toContain('writer ended');
  }, 20_000);
});
