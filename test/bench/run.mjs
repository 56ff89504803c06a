// Speed beside other tools, as ratios in one run: `npm run bench`, or `npm run bench -- 1000` for a log of 1000 MB.
// Makes a mixed log of lines that healthy programs printed, with a failure in about 0.35 % of them (a second figure, such as
// `-- 1000 10`, gives another share in percent), then runs in turns: backend-doctor with all its rules, ripgrep and grep with
// the same literals, and wc -l. Whole processes, warm cache, medians. Healthy lines that hold a literal are left out, so that
// the share is what it says.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url).pathname;
const megabytes = Number(process.argv[2] ?? 200);
const percent = Number(process.argv[3] ?? 0.35);
const rounds = Number(process.argv[4] ?? 5);
const directory = mkdtempSync(join(tmpdir(), 'backend-doctor-bench-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const { builtinKnowledge } = await import(`${root}dist/rules/index.js`);
const { compileEngine } = await import(`${root}dist/engine.js`);
const { ruleSet, scanner } = compileEngine(builtinKnowledge());
const log = makeLog(join(directory, 'mixed.log'));
const literals = join(directory, 'literals.txt');
writeFileSync(literals, `${Array.from(new Set(ruleSet.literals.map(({ text }) => text))).join('\n')}\n`);
const tools = [
  ['backend-doctor', process.execPath, [join(root, 'dist/cli/main.js'), '--no-progress', '--format', 'json', log]],
  ['rg -c -i -F -f (same literals)', 'rg', ['-c', '-i', '-F', '-a', '-f', literals, log]],
  ['grep -c -F -f', 'grep', ['-c', '-a', '-F', '-f', literals, log]],
  ['wc -l', 'wc', ['-l', log]],
].filter(([, command]) => command === process.execPath || spawnSync('which', [command]).status === 0);

const times = new Map(tools.map(([name]) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [name, command, args] of tools) {
    const start = performance.now();
    spawnSync(command, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 1e9,
      env: { ...process.env, LC_ALL: 'C' },
    });
    if (round > 0) times.get(name).push((performance.now() - start) / 1e3);
  }
}

const size = statSync(log).size / 1e6;
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const own = times.get('backend-doctor');
console.log(
  `${size.toFixed(0)} MB, median of ${rounds}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`,
);
console.log('tool                                MB/s   backend-doctor ÷ it (median of rounds)');
for (const [name, values] of times) {
  const ratio = median(values.map((value, index) => value / own[index]));
  console.log(`${name.padEnd(34)}${(size / median(values)).toFixed(0).padStart(6)}${ratio.toFixed(2).padStart(9)}`);
}
const [[, , ownArguments]] = tools;
const peak = spawnSync('/usr/bin/time', ['-f', '%M', process.execPath].concat(ownArguments), {
  encoding: 'utf8',
  maxBuffer: 1e9,
});
if (peak.status === 0) console.log(`peak memory ${(Number(peak.stderr.trim()) / 1024).toFixed(0)} MB`);
const start = median(Array.from({ length: 9 }, () => startUp([join(root, 'dist/cli/main.js'), '/dev/null'])));
const bare = median(Array.from({ length: 9 }, () => startUp(['-e', '0'])));
console.log(`start-up ${(start * 1e3).toFixed(0)} ms, of which node itself ${(bare * 1e3).toFixed(0)} ms`);

function startUp(args) {
  const begin = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return (performance.now() - begin) / 1e3;
}

/** Blocks of healthy lines, shuffled by a fixed generator, with failing lines strewn in. */
function makeLog(path) {
  const names = [
    'nginx',
    'fastify',
    'postgresql',
    'redis',
    'java-logback',
    'gunicorn',
    'haproxy',
    'pino',
    'uvicorn',
    'winston-json',
  ];
  const quiet = names.flatMap((name) => linesOf('quiet', `${name}.log`)).filter((line) => !holdsLiteral(line));
  const failing = linesOf('incidents', 'postgres-stopped', 'api.log').filter((line) => line.includes('"level":50'));
  let state = 1;
  const random = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let written = 0; written < megabytes * 1e6;) {
    const block = [];
    for (
      let at = random(quiet.length);
      block.length < 100_000;
      at = random(10) === 0 ? random(quiet.length) : (at + 1) % quiet.length
    ) {
      block.push(quiet[at]);
      if (random(10_000) < percent * 100) block.push(failing[random(failing.length)]);
    }
    const bytes = Buffer.from(`${block.join('\n')}\n`, 'latin1');
    appendFileSync(path, bytes);
    written += bytes.length;
  }
  return path;
}

function linesOf(...parts) {
  return readFileSync(join(root, 'fixtures', ...parts), 'latin1')
    .split('\n')
    .filter((line) => line !== '');
}

function holdsLiteral(line) {
  const bytes = new Uint8Array(Buffer.from(`${line}\n`, 'latin1'));
  return scanner.scan(bytes, 0, bytes.length, 1).hits.length > 0;
}
