import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Problem } from '../../src/model/index.ts';
import { followPaths, isPause } from '../../src/sources/index.ts';
import { temporaryDirectory } from './temporary.ts';

/** One source that was handed out, and what it has delivered so far. */
interface Followed {
  readonly name: string;
  text: string;
  isEnded: boolean;
}

interface Session {
  readonly sources: Followed[];
  readonly problems: Problem[];
  /** `name: text` of all sources in the order they came; pauses show as `⏸`. */
  seen(): string[];
  stop(): Promise<void>;
}

function follow(cwd: string, ...paths: string[]): Session {
  const controller = new AbortController();
  const sources: Followed[] = [];
  const problems: Problem[] = [];
  const onProblem = (problem: Problem): void => void problems.push(problem);
  const readings: Promise<void>[] = [];
  const all = (async () => {
    for await (const source of followPaths(paths, { cwd, now: Date.now, signal: controller.signal, onProblem })) {
      const followed: Followed = { name: source.name, text: '', isEnded: false };
      sources.push(followed);
      readings.push(
        (async () => {
          for await (const chunk of source.chunks({ idleMs: 150 })) {
            followed.text += isPause(chunk) ? '⏸' : Buffer.from(chunk).toString();
          }
          followed.isEnded = true;
        })(),
      );
    }
    await Promise.all(readings);
  })();
  const stop = async (): Promise<void> => {
    controller.abort();
    await all;
  };
  onTestFinished(stop);
  return {
    sources,
    problems,
    seen: () => sources.map(({ name, text }) => `${name}: ${text.replaceAll('⏸', '')}`),
    stop,
  };
}

/** Waits until the session has seen just that. */
async function expectSeen(session: Session, ...seen: string[]): Promise<void> {
  await vi.waitFor(() => expect(session.seen()).toEqual(seen), { timeout: 8000, interval: 20 });
}

describe('a followed file', () => {
  it('is read from its start, and as it grows, with its pauses', async () => {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, 'app.log'), 'one\n');
    const session = follow(cwd, 'app.log');
    for (const [part, text] of [
      ['', 'one\n⏸'],
      ['two', 'one\n⏸two⏸'],
      ['\n', 'one\n⏸two⏸\n⏸'],
    ] as const) {
      appendFileSync(join(cwd, 'app.log'), part);
      await vi.waitFor(() => expect(session.sources[0]?.text).toBe(text), 5000);
    }
    await session.stop();
    expect(session.problems).toEqual([]);
  });

  it('is read to its end when it was renamed, then its successor from the start', async () => {
    const cwd = temporaryDirectory();
    const path = join(cwd, 'app.log');
    writeFileSync(path, 'one\n');
    const session = follow(cwd, 'app.log');
    await expectSeen(session, 'app.log: one\n');
    appendFileSync(path, 'two\n');
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, 'late\n');
    await expectSeen(session, 'app.log: one\ntwo\nlate\n');
    writeFileSync(path, '');
    appendFileSync(`${path}.1`, 'very late\n');
    await expectSeen(session, 'app.log: one\ntwo\nlate\nvery late\n');
    appendFileSync(path, 'new\n');
    await expectSeen(session, 'app.log: one\ntwo\nlate\nvery late\n', 'app.log: new\n');
    expect(session.sources[0]?.isEnded).toBe(true);
    expect(session.problems).toMatchObject([{ code: 'file-rotated', source: 'app.log' }]);
    for (const round of [1, 2, 3]) {
      renameSync(path, `${path}.${round + 1}`);
      writeFileSync(path, `round ${round}\n`);
      await vi.waitFor(() => expect(session.seen().at(-1)).toBe(`app.log: round ${round}\n`), 5000);
    }
    expect(session.problems).toHaveLength(4);
  });

  it('starts anew when it was truncated', async () => {
    const cwd = temporaryDirectory();
    const path = join(cwd, 'app.log');
    writeFileSync(path, 'one\ntwo\n');
    const session = follow(cwd, 'app.log');
    await expectSeen(session, 'app.log: one\ntwo\n');
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    appendFileSync(path, 'new\n');
    await expectSeen(session, 'app.log: one\ntwo\n', 'app.log: new\n');
    expect(session.problems).toMatchObject([{ code: 'file-rotated' }]);
  });

  it('starts anew when it was truncated and has grown beyond its old size since', async () => {
    const cwd = temporaryDirectory();
    const path = join(cwd, 'app.log');
    writeFileSync(path, 'one\n');
    const session = follow(cwd, 'app.log');
    await expectSeen(session, 'app.log: one\n');
    writeFileSync(path, 'another that is longer\n');
    await expectSeen(session, 'app.log: one\n', 'app.log: another that is longer\n');
  });

  it('may be deleted and made again', async () => {
    const cwd = temporaryDirectory();
    const path = join(cwd, 'app.log');
    writeFileSync(path, 'one\n');
    const session = follow(cwd, 'app.log');
    await expectSeen(session, 'app.log: one\n');
    unlinkSync(path);
    await new Promise((resolve) => setTimeout(resolve, 400));
    writeFileSync(path, 'two\n');
    await expectSeen(session, 'app.log: one\n', 'app.log: two\n');
  });

  it('may be a link that is turned to another file', async () => {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, 'monday'), 'one\n');
    writeFileSync(join(cwd, 'tuesday'), 'two\n');
    symlinkSync('monday', join(cwd, 'app.log'));
    const session = follow(cwd, 'app.log');
    await expectSeen(session, 'app.log: one\n');
    symlinkSync('tuesday', join(cwd, 'next'));
    renameSync(join(cwd, 'next'), join(cwd, 'app.log'));
    await expectSeen(session, 'app.log: one\n', 'app.log: two\n');
  });

  it('may appear later, with its directory', async () => {
    const cwd = temporaryDirectory();
    const session = follow(cwd, 'logs/app.log');
    await vi.waitFor(() => expect(session.problems).toHaveLength(1), 5000);
    expect(session.problems[0]).toMatchObject({ code: 'path-not-found', source: 'logs/app.log' });
    mkdirSync(join(cwd, 'logs'));
    writeFileSync(join(cwd, 'logs/app.log'), 'one\n');
    await expectSeen(session, 'logs/app.log: one\n');
    appendFileSync(join(cwd, 'logs/app.log'), 'two\n');
    await expectSeen(session, 'logs/app.log: one\ntwo\n');
    expect(session.problems).toHaveLength(1);
  });

  it('may be compressed or UTF-16', async () => {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, 'a.gz'), gzipSync('one\n'));
    writeFileSync(join(cwd, 'b.log'), Buffer.from('\ufeffone\n', 'utf16le'));
    const session = follow(cwd, '*');
    await expectSeen(session, 'a.gz: one\n', 'b.log: one\n');
    appendFileSync(join(cwd, 'a.gz'), gzipSync('two\n'));
    appendFileSync(join(cwd, 'b.log'), Buffer.from('two\n', 'utf16le').subarray(0, 3));
    await expectSeen(session, 'a.gz: one\ntwo\n', 'b.log: one\nt');
    appendFileSync(join(cwd, 'b.log'), Buffer.from('two\n', 'utf16le').subarray(3));
    await expectSeen(session, 'a.gz: one\ntwo\n', 'b.log: one\ntwo\n');
    await session.stop();
    expect(session.problems).toEqual([]);
  });

  it('is waited for while the system refuses it', async () => {
    const cwd = temporaryDirectory();
    const path = join(cwd, 'app.log');
    writeFileSync(path, 'one\n');
    chmodSync(cwd, 0o755);
    chmodSync(path, 0);
    // Root may read everything.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    onTestFinished(() => (isRoot ? process.seteuid?.(0) : undefined));
    const session = follow(cwd, 'app.log');
    await vi.waitFor(() => expect(session.problems).toMatchObject([{ code: 'not-readable' }]), 5000);
    if (isRoot) process.seteuid?.(0);
    chmodSync(path, 0o644);
    await expectSeen(session, 'app.log: ', 'app.log: one\n');
    expect(session.problems).toHaveLength(1);
  });
});

describe('many followed files', () => {
  it('are read side by side', async () => {
    const cwd = temporaryDirectory();
    const names = Array.from({ length: 100 }, (_, index) => `${index}.log`);
    for (const name of names) writeFileSync(join(cwd, name), 'one\n');
    const session = follow(cwd, '.');
    await expectSeen(session, ...names.map((name) => `./${name}: one\n`));
    for (const name of names) appendFileSync(join(cwd, name), `two of ${name}\n`);
    await expectSeen(session, ...names.map((name) => `./${name}: one\ntwo of ${name}\n`));
  });

  it('may become more, but rotated ones are not read twice', async () => {
    const cwd = temporaryDirectory();
    const path = join(cwd, 'app.log');
    writeFileSync(path, 'one\n');
    const session = follow(cwd, '*');
    await expectSeen(session, 'app.log: one\n');
    writeFileSync(`${path}.2.gz`, gzipSync('zero\n'));
    copyFileSync(path, `${path}.3`);
    renameSync(path, join(cwd, 'renamed.log'));
    writeFileSync(path, 'two\n');
    writeFileSync(join(cwd, 'other.log'), 'other\n');
    await expectSeen(session, 'app.log: one\n', 'app.log: two\n', 'other.log: other\n');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await expectSeen(session, 'app.log: one\n', 'app.log: two\n', 'other.log: other\n');
  });

  it.each(['renamed', 'copied'])('are read once when all of a rotation are followed, and are %s', async (how) => {
    const cwd = temporaryDirectory();
    const path = join(cwd, 'app.log');
    writeFileSync(`${path}.1`, 'old\n');
    writeFileSync(path, 'one\n');
    const session = follow(cwd, 'app.log*');
    await expectSeen(session, 'app.log: one\n', 'app.log.1: old\n');
    for (const round of [1, 2]) {
      renameSync(`${path}.1`, `${path}.${round + 1}`);
      if (how === 'renamed') renameSync(path, `${path}.1`);
      else copyFileSync(path, `${path}.1`);
      writeFileSync(path, `${round}\n`);
      await vi.waitFor(() => expect(session.seen().at(-1)).toBe(`app.log: ${round}\n`), 5000);
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await expectSeen(session, 'app.log: one\n', 'app.log.1: old\n', 'app.log: 1\n', 'app.log: 2\n');
  });

  it('are looked for again when a pattern matched nothing', async () => {
    const cwd = temporaryDirectory();
    const session = follow(cwd, '*.log');
    await vi.waitFor(() => expect(session.problems).toMatchObject([{ code: 'no-match', source: '*.log' }]), 5000);
    writeFileSync(join(cwd, 'app.log'), 'one\n');
    await expectSeen(session, 'app.log: one\n');
  });
});

describe('following', () => {
  it('ends at once when it is stopped', async () => {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, 'app.log'), 'one\n');
    const session = follow(cwd, 'app.log', 'missing.log', 'no*match');
    await expectSeen(session, 'app.log: one\n');
    await session.stop();
    expect(session.sources[0]?.isEnded).toBe(true);
    appendFileSync(join(cwd, 'app.log'), 'two\n');
    expect(session.seen()).toEqual(['app.log: one\n']);
  });

  it('ends by itself when there are only pipes', async () => {
    const cwd = temporaryDirectory();
    execFileSync('mkfifo', [join(cwd, 'fifo')]);
    const controller = new AbortController();
    const names: string[] = [];
    const options = { cwd, now: Date.now, signal: controller.signal };
    for await (const source of followPaths(['fifo'], options)) names.push(source.name);
    expect(names).toEqual(['fifo']);
  });

  it('leaves no file open', async () => {
    const cwd = temporaryDirectory();
    const path = join(cwd, 'app.log');
    writeFileSync(path, 'one\n');
    const session = follow(cwd, 'app.log');
    await expectSeen(session, 'app.log: one\n');
    await session.stop();
    if (process.platform !== 'linux') return;
    const listing = execFileSync('ls', ['-l', `/proc/${process.pid}/fd`], { encoding: 'utf8' });
    expect(listing).not.toContain(path);
    expect(statSync(path).size).toBe(4);
    rmSync(path);
  });
});
