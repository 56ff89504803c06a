import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * Envoy's own log: `[time][thread][level][component] [source:line] message`.
 * @see https://www.envoyproxy.io/docs/envoy/latest/operations/cli#cmdoption-log-format
 */
export const envoyApp: LogFormat = {
  id: 'envoy-app',
  title: 'Envoy (application log)',
  technology: 'envoy',
  firstCharacters: '[',
  continuation: 'trace',
  parse,
  samples: [
    {
      text: '[2025-07-06 17:08:02.784][1][warning][main] [source/server/server.cc:970] There is no configured limit to the number of allowed active downstream connections. Configure a limit in `envoy.resource_monitors.global_downstream_max_connections` resource monitor.',
      origin: 'prequel-dev/cre:rules/cre-2025-0118/test.log',
      time: '2025-07-06T17:08:02.784Z',
      severityNumber: 13,
      body: 'There is no configured limit to the number of allowed active downstream connections. Configure a limit in `envoy.resource_monitors.global_downstream_max_connections` resource monitor.',
      attributes: { 'thread.id': 1, 'log.logger': 'main', 'code.file.path': 'source/server/server.cc' },
    },
  ],
};

const HEAD =
  /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\]\[(\d{1,10})\]\[(trace|debug|info|warning|error|critical)\]\[([a-z0-9_]{1,40})\] ?(?:\[([\w./-]{1,200}):(\d{1,6})\] )?/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', thread, level = '', component = '', file, lineNumber] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = severityOfWord(level);
  if (instant === undefined || severityNumber === undefined) return undefined;
  return {
    timestamp: instant,
    severityNumber,
    severityText: level,
    body: line.slice(head.length),
    attributes: new Map<string, string | number>([
      ['thread.id', Number(thread)],
      ['log.logger', component],
      ...(file === undefined
        ? []
        : ([
            ['code.file.path', file],
            ['code.line.number', Number(lineNumber)],
          ] as const)),
    ]),
  };
}
