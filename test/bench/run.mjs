// Speed beside other tools, as ratios in one run: `npm run bench`, or `npm run bench -- 1000` for a log of 1000 MB.
// Makes a mixed log of the healthy fixtures with a failure in about 0.35 % of the lines, then runs, one after the other in
// turns: backend-doctor with all its rules, ripgrep with the same literals, grep -F, and wc -l. Whole processes, warm cache.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url).pathname;
const megabytes = Number(process.argv[2] ?? 200);
const rounds = Number(process.argv[3] ?? 5);
const directory = mkdtempSync(join(tmpdir(), 'backend-doctor-bench-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const log = makeLog(join(directory, 'mixed.log'));
const literals = await literalsFile(join(directory, 'literals.txt'));
const tools = [
  ['backend-doctor', process.execPath, [join(root, 'dist/cli/main.js'), '--no-progress', '--format', 'json', log]],
  ['rg -c -i -F -f (same literals)', 'rg', ['-c', '-i', '-F', '-a', '-f', literals, log]],
  ['grep -c -F -f', 'grep', ['-c', '-a', '-F', '-f', literals, log]],
  ['wc -l', 'wc', ['-l', log]],
].filter(([, command]) => command === process.execPath || spawnSync('which', [command]).status === 0);

const times = new Map(tools.map(([name]) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [name, command, args] of tools) {
    const start = process.hrtime.bigint();
    spawnSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1e9, env: { ...process.env, LC_ALL: 'C' } });
    if (round > 0) times.get(name).push(Number(process.hrtime.bigint() - start) / 1e9);
  }
}

const size = statSync(log).size / 1e6;
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const own = times.get('backend-doctor');
console.log(`${size.toFixed(0)} MB, ${rounds} rounds, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`);
console.log('tool                                MB/s   backend-doctor ÷ it (median of rounds)');
for (const [name, values] of times) {
  const ratio = median(values.map((value, index) => value / own[index]));
  console.log(`${name.padEnd(34)}${(size / median(values)).toFixed(0).padStart(6)}${ratio.toFixed(2).padStart(9)}`);
}
const peak = spawnSync('/usr/bin/time', ['-f', '%M', process.execPath, ...tools[0][2]], { encoding: 'utf8', maxBuffer: 1e9 });
if (peak.status === 0) console.log(`peak memory ${(Number(peak.stderr.trim()) / 1024).toFixed(0)} MB`);
const start = median(Array.from({ length: 9 }, () => startUp([join(root, 'dist/cli/main.js'), '/dev/null'])));
const bare = median(Array.from({ length: 9 }, () => startUp(['-e', '0'])));
console.log(`start-up ${(start * 1e3).toFixed(0)} ms, of which node itself ${(bare * 1e3).toFixed(0)} ms`);

function startUp(args) {
  const begin = process.hrtime.bigint();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

/** Blocks of lines of healthy programs, shuffled by a fixed generator, with one failing line in some of them. */
function makeLog(path) {
  const lines = (...parts) => readFileSync(join(root, 'fixtures', ...parts), 'latin1').split('\n').filter((line) => line !== '');
  const quiet = ['nginx.log', 'fastify.log', 'postgresql.log', 'redis.log', 'java-logback.log', 'gunicorn.log', 'spring-boot.log', 'haproxy.log']
    .filter((name) => readdirSync(join(root, 'fixtures/quiet')).includes(name))
    .flatMap((name) => lines('quiet', name));
  const failing = lines('incidents', 'postgres-stopped', 'api.log').filter((line) => line.includes('"level":50'));
  let state = 1;
  const random = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  closeSync(openSync(path, 'w'));
  for (let written = 0; written < megabytes * 1e6; ) {
    const blocks = [];
    for (let block = 0; block < 2_000; block++) {
      const from = random(quiet.length - 50);
      blocks.push(...quiet.slice(from, from + 50));
      if (random(1_000) < 175) blocks.push(failing[random(failing.length)]);
    }
    const text = Buffer.from(`${blocks.join('\n')}\n`, 'latin1');
    appendFileSync(path, text);
    written += text.length;
  }
  execFileSync('wc', ['-l', path]);
  return path;
}

async function literalsFile(path) {
  const { builtinKnowledge } = await import(join(root, 'dist/rules/index.js'));
  const { compileEngine } = await import(join(root, 'dist/engine.js'));
  const { ruleSet } = compileEngine(builtinKnowledge());
  writeFileSync(path, `${[...new Set(ruleSet.literals.map(({ text }) => text))].join('\n')}\n`);
  return path;
}
