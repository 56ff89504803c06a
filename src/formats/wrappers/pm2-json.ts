import { numberField, parseJsonObject, stringField } from '../json-fields.ts';
import { readIsoStamp } from '../time.ts';
import type { Wrapper } from '../wrapper.ts';

const STREAMS: Readonly<Record<string, string>> = { out: 'stdout', err: 'stderr' };

/**
 * `pm2 logs --json`, and the log files of PM2's `log_type: json`.
 * @see https://pm2.keymetrics.io/docs/usage/log-management/#json-logging
 */
export const pm2Json: Wrapper = {
  id: 'pm2-json',
  title: 'PM2 (JSON)',
  firstCharacters: '{',
  peel(line, clock) {
    const object = line.includes('"app_name"') ? parseJsonObject(line) : undefined;
    if (object === undefined) return undefined;
    const id = numberField(object, 'process_id');
    const message = stringField(object, 'message');
    const timestamp = readIsoStamp(stringField(object, 'timestamp') ?? '', clock)?.instant;
    const name = stringField(object, 'app_name');
    if (id === undefined || message === undefined || timestamp === undefined || name === undefined) return undefined;
    const iostream = STREAMS[stringField(object, 'type') ?? ''] ?? 'PM2';
    return {
      inner: message.replace(/\n$/, ''),
      timestamp,
      attributes: [
        ['service.name', name],
        ['log.iostream', iostream],
      ],
      stream: `${id}|${name}/${iostream}`,
    };
  },
  samples: [
    {
      template: '{"message":"{}","timestamp":"2026-11-21T02:55:59.906Z","type":"out","process_id":0,"app_name":"app"}',
      escape: 'json',
      origin: 'PM2 7.0.4, pm2 logs --json',
      time: '2026-11-21T02:55:59.906Z',
      attributes: { 'service.name': 'app', 'log.iostream': 'stdout' },
    },
  ],
};
