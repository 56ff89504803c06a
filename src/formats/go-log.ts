import type { LogFormat } from './format.ts';
import { numberOf, textLine } from './text-line.ts';
import { readSlashStamp } from './time.ts';

const PREFIX =
  /^((?:\[[A-Za-z][\w.-]{0,40}\]|[A-Za-z][\w./-]{0,40}):? |[a-z]{2,20})?(?=\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d)/;
/** By convention (hclog, many services) and from the default handler of log/slog: `INFO message key=value`. */
const LEVEL =
  /^(?:\[(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRITICAL|FATAL)\]:?|(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)(?:[+-]\d{1,2})?:?) +/;
const NGINX = /^ \[\w+\] \d+#\d+: /;
const SOURCE = /^([\w./@-]{1,200}\.go):(\d+): /;

/**
 * Go's standard `log`: `2009/01/23 01:23:23 message`, with a prefix before it, microseconds and file:line by flags.
 * @see https://pkg.go.dev/log#pkg-constants
 */
export const goLog: LogFormat = {
  id: 'go-log',
  title: 'Go log',
  continuation: 'text',
  parse(line, clock) {
    const prefix = PREFIX.exec(line);
    if (prefix === null) return undefined;
    const stamp = readSlashStamp(line.slice(prefix[0].length), clock);
    if (stamp === undefined) return undefined;
    const rest = line.slice(prefix[0].length + stamp.length);
    if (!rest.startsWith(' ') || NGINX.test(rest)) return undefined;
    const source = SOURCE.exec(rest.slice(1));
    const text = rest.slice(1 + (source?.[0].length ?? 0));
    const level = LEVEL.exec(text);
    return textLine({
      stamp,
      level: level?.[1] ?? level?.[2],
      body: text.slice(level?.[0].length ?? 0),
      attributes: [
        ['log.logger', prefix[1]?.trim().replace(/:$/, '')],
        ['code.file.path', source?.[1]],
        ['code.line.number', numberOf(source?.[2])],
      ],
    });
  },
  samples: [
    {
      text: '2026/11/21 02:48:34 serving',
      origin: 'generated here, Go 1.19.8',
      time: '2026-11-21T02:48:34Z',
      body: 'serving',
    },
    {
      text: '2026/11/21 02:48:34.356471 main.go:13: query failed: pq: deadlock detected',
      origin: 'generated here, Go 1.19.8 with Lmicroseconds and Lshortfile',
      time: '2026-11-21T02:48:34.356471Z',
      body: 'query failed: pq: deadlock detected',
      attributes: { 'code.file.path': 'main.go', 'code.line.number': 13 },
    },
    {
      text: '2022/11/08 15:28:26 INFO hello count=3',
      origin: 'pkg.go.dev/log/slog, the default handler',
      time: '2022-11-08T15:28:26Z',
      severityNumber: 9,
      body: 'hello count=3',
    },
    {
      text: 'orders: 2026/11/21 02:48:34.356483 main.go:13: cannot listen',
      origin: 'generated here, Go 1.19.8 with a prefix',
      time: '2026-11-21T02:48:34.356483Z',
      body: 'cannot listen',
      attributes: { 'log.logger': 'orders' },
    },
    {
      text: '2026/11/21 02:48:34 http: panic serving 127.0.0.1:3: boom\ngoroutine 1 [running]:\nruntime/debug.Stack()\n\t/usr/lib/go-1.19/src/runtime/debug/stack.go:24 +0x65',
      origin: 'generated here, Go 1.19.8',
      time: '2026-11-21T02:48:34Z',
      body: 'http: panic serving 127.0.0.1:3: boom\ngoroutine 1 [running]:\nruntime/debug.Stack()\n\t/usr/lib/go-1.19/src/runtime/debug/stack.go:24 +0x65',
    },
  ],
};
