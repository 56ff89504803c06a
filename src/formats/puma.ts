import type { LogFormat, ParsedLine } from './format.ts';
import { requestAttributes, responseAttributes } from './http-text.ts';
import { severityOfStatus } from './levels.ts';
import { numberOf, textLine } from './text-line.ts';
import { readDayFirstStamp, readIsoStamp, type Clock } from './time.ts';

/** The Common Log Format with seconds instead of referrer and agent. */
const ACCESS = /^(\S{1,100}) - (\S{1,64}) \[([^\]\n]{20,32})\] ("([^"\n]*)" (\d{3}) (?:\d+|-) (\d+\.\d{4}))$/;
const ERROR =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}) ((?:Rack app|Read error|HTTP parse error|Error|Listen loop error|Background error|Reactor|SSL error|Out-of-band GC|Error reached top of thread-pool|Error in reactor loop|Unable to)\b.*)$/;
const CLUSTER = /^\[(\d+)\] ([-*!+] .*|Puma starting .*|=== puma .*|Early termination .*)$/;

/**
 * Puma: access lines by `--log-requests` (Rack's CommonLogger, which other servers use too), errors of its own, and the lines of the cluster's master.
 * @see https://github.com/puma/puma
 */
export const puma: LogFormat = {
  id: 'puma',
  title: 'Puma, Rack',
  continuation: 'trace',
  parse: (line, clock) => parseCluster(line) ?? parseError(line, clock) ?? parseAccess(line, clock),
  samples: [
    {
      text: '127.0.0.1 - - [21/Nov/2026:03:01:35 +0000] "GET / HTTP/1.1" 200 - 0.0001',
      origin: 'generated here, puma 5.6.5 with --log-requests',
      time: '2026-11-21T03:01:35Z',
      severityNumber: 9,
      body: '"GET / HTTP/1.1" 200 - 0.0001',
      attributes: { 'client.address': '127.0.0.1', 'http.response.status_code': 200, duration_ms: 0.1 },
    },
    {
      text: '187.49.232.46 - - [05/Dec/2012 18:41:32] "GET / HTTP/1.1" 200 301 10.0029',
      origin: 'gist pcasaretto/4218399, without the prefix of Heroku',
      time: '2012-12-05T18:41:32Z',
      severityNumber: 9,
      body: '"GET / HTTP/1.1" 200 301 10.0029',
      attributes: { duration_ms: 10002.9 },
    },
    {
      text: '2026-11-21 03:01:35 +0000 Rack app ("GET /boom" - (127.0.0.1)): #<RuntimeError: boom>',
      origin: 'generated here, puma 5.6.5',
      time: '2026-11-21T03:01:35Z',
      severityNumber: 17,
      body: 'Rack app ("GET /boom" - (127.0.0.1)): #<RuntimeError: boom>',
    },
    {
      text: '[2342] * Listening on http://127.0.0.1:9392',
      origin: 'generated here, puma 5.6.5 with two workers',
      body: '* Listening on http://127.0.0.1:9392',
      attributes: { 'process.pid': 2342 },
    },
  ],
};

function parseAccess(line: string, clock: Clock): ParsedLine | undefined {
  const found = ACCESS.exec(line);
  if (found === null) return undefined;
  const [, client, user, time = '', body = '', request = '', status, seconds] = found;
  return textLine({
    stamp: readDayFirstStamp(time, clock),
    severityNumber: severityOfStatus(Number(status)),
    body,
    attributes: [
      ['client.address', client],
      ['user.name', user === '-' ? undefined : user],
      ...requestAttributes(request),
      ...responseAttributes(status, Math.round(Number(seconds) * 1e4) / 10),
    ],
  });
}

function parseError(line: string, clock: Clock): ParsedLine | undefined {
  const found = ERROR.exec(line);
  if (found === null) return undefined;
  return textLine({ stamp: readIsoStamp(found[1] ?? '', clock), severityNumber: 17, body: found[2] ?? '' });
}

function parseCluster(line: string): ParsedLine | undefined {
  const found = CLUSTER.exec(line);
  if (found === null) return undefined;
  const body = found[2] ?? '';
  return textLine({
    severityNumber: body.startsWith('!') ? 13 : undefined,
    body,
    attributes: [['process.pid', numberOf(found[1])]],
  });
}
