import type { LogFormat, ParsedLine } from './format.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * Eclipse Mosquitto: `epoch: message`, or `2026-11-21T02:49:39: message` by `log_timestamp_format`. Levels are not
 * written, but errors and warnings begin with the word.
 * @see https://mosquitto.org/man/mosquitto-conf-5.html
 */
export const mosquitto: LogFormat = {
  id: 'mosquitto',
  title: 'Mosquitto',
  technology: 'mosquitto',
  firstCharacters: '0123456789',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '1795229379: Error: Unable to open pwfile "/nonexistent".',
      origin: 'generated here, Mosquitto 2.0.11',
      time: '2026-11-21T02:49:39Z',
      severityNumber: 17,
      body: 'Error: Unable to open pwfile "/nonexistent".',
    },
    {
      text: '1795229416: Client <unknown> disconnected, not authorised.',
      origin: 'generated here, Mosquitto 2.0.11',
      time: '2026-11-21T02:50:16Z',
      body: 'Client <unknown> disconnected, not authorised.',
    },
    {
      text: '1795229379: mosquitto version 2.0.11 starting',
      origin: 'generated here, Mosquitto 2.0.11',
      time: '2026-11-21T02:49:39Z',
      body: 'mosquitto version 2.0.11 starting',
    },
    {
      text: '2026-11-21T02:49:39: Opening ipv4 listen socket on port 18091.',
      origin: 'generated here, Mosquitto 2.0.11 with log_timestamp_format %Y-%m-%dT%H:%M:%S',
      time: '2026-11-21T02:49:39Z',
      body: 'Opening ipv4 listen socket on port 18091.',
    },
  ],
};

const HEAD = /^(?:(\d{10}): (?=\S|\t)|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d{4})?): (?=[A-Z|\t]|mosquitto ))/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, epoch, iso] = found;
  const timestamp = epoch === undefined ? readIsoStamp(iso ?? '', clock)?.instant : Number(epoch) * 1000;
  if (timestamp === undefined) return undefined;
  const body = line.slice(head.length);
  const severity = /^(Error|Warning|Notice)\b/.exec(body)?.[1];
  if (severity === undefined) return { timestamp, body };
  return {
    timestamp,
    severityNumber: { Error: 17, Warning: 13, Notice: 10 }[severity] ?? 9,
    severityText: severity,
    body,
  };
}
