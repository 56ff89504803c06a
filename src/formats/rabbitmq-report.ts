import type { LogFormat, OpenLines, ParsedLine } from './format.ts';
import { readDayFirstStamp, type Clock } from './time.ts';

const SEVERITIES: Readonly<Record<string, number>> = {
  DEBUG: 5,
  PROGRESS: 5,
  INFO: 9,
  NOTICE: 10,
  WARNING: 13,
  ERROR: 17,
  CRASH: 17,
  SUPERVISOR: 17,
  CRITICAL: 18,
};

/**
 * Erlang's reports, as RabbitMQ before 3.7 and other Erlang programs print them: the head line, then the message.
 * @see https://www.erlang.org/doc/apps/sasl/error_logging.html
 */
export const rabbitmqReport: LogFormat = {
  id: 'rabbitmq-report',
  title: 'Erlang reports (RabbitMQ before 3.7)',
  technology: 'rabbitmq',
  firstCharacters: '=',
  continuation: 'text',
  parse,
  complete,
  samples: [
    {
      text: '=ERROR REPORT==== 21-Jul-2016::19:21:26 ===\nclosing AMQP connection <0.11270.4127> (10.0.133.159:38511 -> 10.0.21.154:5672):\n{handshake_timeout,handshake}',
      origin: 'public file index id 36085329295',
      time: '2016-07-21T19:21:26Z',
      severityNumber: 17,
      body: 'closing AMQP connection <0.11270.4127> (10.0.133.159:38511 -> 10.0.21.154:5672):\n{handshake_timeout,handshake}',
    },
    {
      text: '=INFO REPORT==== 11-Nov-2025::13:48:44.196733 ===\n    application: gleam_erlang\n    exited: stopped\n    type: temporary',
      origin: 'public file index id 26541934775',
      time: '2025-11-11T13:48:44.196733Z',
      severityNumber: 9,
      body: '    application: gleam_erlang\n    exited: stopped\n    type: temporary',
    },
  ],
};

const HEAD = /^=([A-Z]{4,10}) REPORT==== (\d{1,2}-[A-Z][a-z]{2}-\d{4}::\d\d:\d\d:\d\d(?:\.\d{6})?) ===$/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [, kind = '', stamp = ''] = found;
  const severityNumber = SEVERITIES[kind];
  const instant = readDayFirstStamp(stamp, clock)?.instant;
  if (severityNumber === undefined || instant === undefined) return undefined;
  return { timestamp: instant, severityNumber, severityText: kind, body: `${kind} REPORT` };
}

function complete({ first, lines }: OpenLines): ParsedLine {
  const body = lines.slice(1).join('\n');
  return body === '' ? first : { ...first, body };
}
