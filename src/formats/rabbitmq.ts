import type { LogFormat, OpenLines, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * RabbitMQ ≥ 3.7 (and other programs that log with Erlang's lager). Since 3.9 every line of a message of several lines
 * bears the same prefix.
 * @see https://www.rabbitmq.com/docs/logging
 */
export const rabbitmq: LogFormat = {
  id: 'rabbitmq',
  title: 'RabbitMQ',
  technology: 'rabbitmq',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse,
  continues,
  complete,
  samples: [
    {
      text: "2025-03-11 14:00:19.421865+00:00 [erro] <0.229.0> Discarding message {'$gen_cast',{force_event_refresh,#Ref<0.449530684.1179910147.46753>}} from <0.229.0> to <0.3159.0> in an old incarnation (1741605434) of this node (1741701615) <A>",
      origin: 'prequel-dev/cre:rules/cre-2024-0007/test.log',
      time: '2025-03-11T14:00:19.421865Z',
      severityNumber: 17,
      body: "Discarding message {'$gen_cast',{force_event_refresh,#Ref<0.449530684.1179910147.46753>}} from <0.229.0> to <0.3159.0> in an old incarnation (1741605434) of this node (1741701615) <A>",
      attributes: { 'thread.name': '<0.229.0>' },
    },
    {
      text: '2026-11-21 02:52:14.789346+00:00 [error] <0.784.0> closing AMQP connection <0.784.0> (127.0.0.1:59592 -> 127.0.0.1:5672):\n2026-11-21 02:52:14.789346+00:00 [error] <0.784.0> {bad_header,<<"GET / HT">>}',
      origin: 'generated here, RabbitMQ 3.10.8',
      time: '2026-11-21T02:52:14.789346Z',
      severityNumber: 17,
      body: 'closing AMQP connection <0.784.0> (127.0.0.1:59592 -> 127.0.0.1:5672):\n{bad_header,<<"GET / HT">>}',
    },
    {
      text: '2019-02-26 08:27:19.212 [error] <0.769.0> MQTT login failed: no credentials provided~n',
      origin: 'public file index id 43580261494',
      time: '2019-02-26T08:27:19.212Z',
      severityNumber: 17,
      body: 'MQTT login failed: no credentials provided~n',
    },
    {
      text: '2026-11-21 02:32:08.254406+00:00 [warning] <0.625.0> Message store "628WB79CIFDYO9LJI6DKMI09L/msg_store_persistent": rebuilding indices from scratch',
      origin: 'generated here, RabbitMQ 3.10.8',
      time: '2026-11-21T02:32:08.254406Z',
      severityNumber: 13,
      body: 'Message store "628WB79CIFDYO9LJI6DKMI09L/msg_store_persistent": rebuilding indices from scratch',
    },
  ],
};

const HEAD =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}(?:[+-]\d\d:\d\d)?) \[(debug|info|notice|warning|error|critical|alert|emergency|debu|noti|warn|erro|crit|aler|emer)\] (<\d{1,10}\.\d{1,10}\.\d{1,10}>)(?: |$)/;
const LEVELS: Readonly<Record<string, string>> = { noti: 'notice', aler: 'alert', emer: 'emergency' };

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', level = '', process = ''] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = severityOfWord(LEVELS[level] ?? level);
  if (instant === undefined || severityNumber === undefined) return undefined;
  const body = line.slice(head.length);
  return {
    timestamp: instant,
    severityNumber,
    severityText: level,
    body,
    attributes: new Map([['thread.name', process]]),
    // Each line of a message looks like the first one; only the line before it tells.
    role: 'weak',
  };
}

function continues(line: string, { lines }: OpenLines): boolean {
  const prefix = HEAD.exec(lines[0] ?? '')?.[0];
  return prefix !== undefined && `${line} `.startsWith(prefix.endsWith(' ') ? prefix : `${prefix} `);
}

function complete({ first, lines }: OpenLines): ParsedLine {
  const prefix = HEAD.exec(lines[0] ?? '')?.[0] ?? '';
  const body = lines.map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line)).join('\n');
  return { ...first, body };
}
