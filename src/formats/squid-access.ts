import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfStatus } from './levels.ts';
import { epochToMs } from './time.ts';

/**
 * Squid's native access.log: `epoch ms client result/status bytes method URL user hierarchy/peer type`.
 * @see https://wiki.squid-cache.org/Features/LogFormat
 */
export const squidAccess: LogFormat = {
  id: 'squid-access',
  title: 'Squid (access.log)',
  technology: 'squid',
  firstCharacters: '0123456789',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '1795229418.674      0 127.0.0.1 TCP_DENIED/403 3415 GET http://127.0.0.1:18080/ - HIER_NONE/- text/html',
      origin: 'generated here, Squid 5.7',
      time: '2026-11-21T02:50:18.674Z',
      severityNumber: 13,
      body: 'TCP_DENIED/403 3415 GET http://127.0.0.1:18080/ - HIER_NONE/- text/html',
      attributes: { 'http.response.status_code': 403, 'http.request.method': 'GET', duration_ms: 0 },
    },
  ],
};

const LINE =
  /^(\d{9,10}\.\d{3}) +(-?\d{1,12}) (\S{1,255}) ([A-Z_]{3,40})\/(\d{3}) (\d{1,15}) (\S{1,32}) (\S+) (\S{1,255}) ([A-Z_]{3,40})\/(\S{1,255}) (\S{1,128})/;

function parse(line: string): ParsedLine | undefined {
  const found = LINE.exec(line);
  if (found === null) return undefined;
  const [, epoch, duration, client = '', result = '', status, size, method = '', url = '', , , peer = ''] = found;
  const timestamp = epochToMs(Number(epoch));
  const attributes: Attributes = new Map<string, string | number>([
    ['duration_ms', Number(duration)],
    ['client.address', client],
    ['squid.result', result],
    ['http.response.status_code', Number(status)],
    ['http.response.body.size', Number(size)],
    ['http.request.method', method],
    ['url.full', url],
  ]);
  if (peer !== '-') attributes.set('server.address', peer);
  return {
    ...(timestamp === undefined ? {} : { timestamp }),
    severityNumber: severityOfStatus(Number(status)),
    body: line.slice(line.indexOf(`${result}/`)),
    attributes,
  };
}
