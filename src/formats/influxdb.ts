import { readAccessLine } from './access-line.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import type { Clock } from './time.ts';

/**
 * The HTTP log of InfluxDB 1.x: the Combined Log Format behind `[httpd]`, then request id and microseconds. Its other
 * lines are logfmt.
 * @see https://docs.influxdata.com/influxdb/v1/administration/logs/
 */
export const influxdb: LogFormat = {
  id: 'influxdb',
  title: 'InfluxDB 1.x (HTTP log)',
  technology: 'influxdb',
  firstCharacters: '[',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '[httpd] 127.0.0.1 - - [21/Nov/2026:02:49:36 +0000] "POST /query HTTP/1.1" 400 83 "-" "curl/7.88.1" 300c5c18-e556-11f1-8001-000000000000 420',
      origin: 'generated here, InfluxDB 1.6.7',
      time: '2026-11-21T02:49:36Z',
      severityNumber: 13,
      body: '"POST /query HTTP/1.1" 400 83 "-" "curl/7.88.1" 300c5c18-e556-11f1-8001-000000000000 420',
      attributes: { duration_ms: 0.42, 'request.id': '300c5c18-e556-11f1-8001-000000000000' },
    },
  ],
};

const HEAD = '[httpd] ';
const EXTRA = /^([0-9a-f-]{36}) (\d{1,15})$/;

function parse(text: string, clock: Clock): ParsedLine | undefined {
  if (!text.startsWith(HEAD)) return undefined;
  const access = readAccessLine(text.slice(HEAD.length), clock);
  if (access === undefined) return undefined;
  const attributes = new Map(access.line.attributes);
  const [, id, micros] = EXTRA.exec(access.extra) ?? [];
  if (id !== undefined) attributes.set('request.id', id).set('duration_ms', Number(micros) / 1e3);
  return { ...access.line, attributes };
}
