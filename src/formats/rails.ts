import type { AttributeValue } from '../model/index.ts';
import type { LogFormat } from './format.ts';
import { responseAttributes } from './http-text.ts';
import { severityOfStatus, severityOfWord } from './levels.ts';
import { numberOf, textLine } from './text-line.ts';
import { readIsoStamp } from './time.ts';

const LINE =
  /^[DIWEFA], \[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}) #(\d+)\] +(DEBUG|INFO|WARN|ERROR|FATAL|ANY) -- ([^:\n]{0,120}): (.*)$/;
const TAG = /^\[([0-9a-f]{8}-[0-9a-f-]{27})\] ?/;
const STARTED = /^Started ([A-Z]{3,10}) "([^"\n]*)" for (\S+) at (.{19,40})/;
const COMPLETED = /^Completed (\d{3}) [^\n]{0,80}? in (\d+)ms\b/;
const PLAIN =
  /^(?:\[[0-9a-f]{8}-[0-9a-f-]{27}\] )?(?:Started [A-Z]{3,10} "|Completed \d{3} |Processing by \w[\w:]*#\w+ as )/;

/**
 * Ruby's Logger: `E, [TIME #PID] ERROR -- progname: message`, as Rails writes it in production; and the request lines of
 * Rails, which its development log prints bare.
 * @see https://docs.ruby-lang.org/en/3.3/Logger/Formatter.html
 */
export const rails: LogFormat = {
  id: 'rails',
  title: 'Ruby Logger, Rails',
  firstCharacters: 'DIWEFASCP[',
  continuation: 'text',
  parse(line, clock) {
    const found = LINE.exec(line);
    if (found === null && !PLAIN.test(line)) return undefined;
    const [, time = '', pid, level, program, body = line] = found ?? [];
    const tag = TAG.exec(body);
    const text = body.slice(tag?.[0].length ?? 0);
    return textLine({
      stamp: readIsoStamp(found === null ? (STARTED.exec(text)?.[4] ?? '') : time, clock),
      level,
      severityNumber: severityOf(level, COMPLETED.exec(text)?.[1]),
      body,
      attributes: [
        ['process.pid', numberOf(pid)],
        ['log.logger', program?.trim()],
        ['request.id', tag?.[1]],
        ...requestOf(text),
      ],
    });
  },
  samples: [
    {
      text: 'I, [2024-06-26T17:00:04.497736 #126554]  INFO -- : [4eebb5e2-2f13-42f8-8644-d6c9a9e244f0] Completed 200 OK in 180ms (Views: 0.4ms | ActiveRecord: 143.3ms | Allocations: 10027)',
      origin: 'tstack/lnav:src/formats/rails_log.json',
      time: '2024-06-26T17:00:04.497736Z',
      severityNumber: 9,
      body: '[4eebb5e2-2f13-42f8-8644-d6c9a9e244f0] Completed 200 OK in 180ms (Views: 0.4ms | ActiveRecord: 143.3ms | Allocations: 10027)',
      attributes: {
        'process.pid': 126554,
        'request.id': '4eebb5e2-2f13-42f8-8644-d6c9a9e244f0',
        duration_ms: 180,
        'http.response.status_code': 200,
      },
    },
    {
      text: 'Started GET "/" for 127.0.0.1 at 2024-01-18 19:48:43 -0500',
      origin: 'public file index id 46336907803',
      time: '2024-01-19T00:48:43Z',
      body: 'Started GET "/" for 127.0.0.1 at 2024-01-18 19:48:43 -0500',
      attributes: { 'http.request.method': 'GET', 'url.path': '/', 'client.address': '127.0.0.1' },
    },
    {
      text: "F, [2019-10-09T22:58:43.095741 #4] FATAL -- : [a5c760b6-7ccb-4009-9b26-b66de590879c] Mysql2::Error::ConnectionError (Can't connect to local MySQL server through socket '/tmp/mysql.sock' (2)):",
      origin: 'public file index id 14104171793, without the prefix of Heroku',
      time: '2019-10-09T22:58:43.095741Z',
      severityNumber: 21,
      body: "[a5c760b6-7ccb-4009-9b26-b66de590879c] Mysql2::Error::ConnectionError (Can't connect to local MySQL server through socket '/tmp/mysql.sock' (2)):",
    },
    {
      text: "E, [2026-11-21T02:48:35.925213 #9821] ERROR -- : wrapped (ArgumentError)\na.rb:3:in `rescue in w'\na.rb:3:in `w'",
      origin: 'generated here, Ruby 3.1.2 Logger#error of an exception',
      time: '2026-11-21T02:48:35.925213Z',
      severityNumber: 17,
      body: "wrapped (ArgumentError)\na.rb:3:in `rescue in w'\na.rb:3:in `w'",
    },
  ],
};

/** A request that failed is an error, whatever level its line has. */
function severityOf(level: string | undefined, status: string | undefined): number | undefined {
  const stated = level === undefined ? undefined : severityOfWord(level);
  if (status === undefined) return stated;
  return Math.max(stated ?? 0, severityOfStatus(Number(status)));
}

function requestOf(text: string): readonly (readonly [string, AttributeValue | undefined])[] {
  const started = STARTED.exec(text);
  if (started !== null) {
    return [
      ['http.request.method', started[1]],
      ['url.path', started[2]],
      ['client.address', started[3]],
    ];
  }
  const completed = COMPLETED.exec(text);
  return completed === null ? [] : responseAttributes(completed[1], numberOf(completed[2]));
}
