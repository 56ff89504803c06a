import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, type StatedLevel } from './json-record.ts';
import type { Clock } from './time.ts';

const LEVELS: readonly StatedLevel[] = [
  { severityNumber: 5, severityText: 'debug' },
  { severityNumber: 9, severityText: 'info' },
  { severityNumber: 13, severityText: 'warning' },
  { severityNumber: 17, severityText: 'error' },
  { severityNumber: 21, severityText: 'fatal' },
];

/**
 * Nextcloud's and ownCloud's log: JSON with levels from 0 (debug) to 4 (fatal).
 * @see https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/logging_configuration.html
 */
export const nextcloud: LogFormat = {
  id: 'nextcloud',
  title: 'Nextcloud, ownCloud (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"reqId":"k2","level":3,"time":"2024-01-02T03:04:05+00:00","remoteAddr":"","user":"--","app":"PHP","method":"","url":"--","message":"file_put_contents(/var/www/html/data/appdata/preview/1.jpg): Failed to open stream: Permission denied","userAgent":"--","version":"29.0.1.1"}',
      origin: 'fields as documented, message of PHP 8.2',
      time: '2024-01-02T03:04:05Z',
      severityNumber: 17,
      body: 'file_put_contents(/var/www/html/data/appdata/preview/1.jpg): Failed to open stream: Permission denied',
      attributes: { app: 'PHP' },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || typeof object['reqId'] !== 'string' || typeof object['remoteAddr'] !== 'string') {
    return undefined;
  }
  const level = typeof object['level'] === 'number' ? LEVELS[object['level']] : undefined;
  if (level === undefined) return undefined;
  return jsonRecord(object, {
    timestamp: timeOf(object['time'], clock),
    level,
    body: firstText(object['message']),
    known: ['level', 'time', 'message'],
  });
}
