import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfStatus } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * Microsoft IIS in the W3C format with its default fields: `date time s-ip cs-method cs-uri-stem cs-uri-query s-port
 * cs-username c-ip cs(User-Agent) [cs(Referer)] sc-status sc-substatus sc-win32-status time-taken`, times in UTC.
 * @see https://learn.microsoft.com/en-us/windows/win32/http/w3c-logging
 */
export const iis: LogFormat = {
  id: 'iis',
  title: 'Microsoft IIS (W3C)',
  technology: 'iis',
  firstCharacters: '0123456789',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '2012-07-30 00:00:00 10.8.5.123 GET /en/indonesia/gili_trawangan/191229-manta_bungalows.html - 80 - 195.245.125.101 Mozilla/5.0+(iPad;+CPU+OS+5_1_1+like+Mac+OS+X)+AppleWebKit/534.46+(KHTML,+like+Gecko)+Version/5.1+Mobile/9B206+Safari/7534.48.3 200 0 0 858',
      origin: 'public file index id 40170947319',
      time: '2012-07-30T00:00:00Z',
      severityNumber: 9,
      body: 'GET /en/indonesia/gili_trawangan/191229-manta_bungalows.html - 80 - 195.245.125.101 Mozilla/5.0+(iPad;+CPU+OS+5_1_1+like+Mac+OS+X)+AppleWebKit/534.46+(KHTML,+like+Gecko)+Version/5.1+Mobile/9B206+Safari/7534.48.3 200 0 0 858',
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        duration_ms: 858,
        'client.address': '195.245.125.101',
        'server.port': 80,
      },
    },
  ],
};

const LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ([\w.:%-]{3,64}) ([A-Z]{3,16}) (\/\S*) (\S+) (\d{1,5}) (\S{1,255}) ([\w.:%-]{3,64}) (\S+)(?: (\S+))? (\d{3}) (\d{1,4}) (\d{1,10}) (\d{1,10})$/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = LINE.exec(line);
  if (found === null) return undefined;
  const [, stamp = '', server = '', method = '', path = '', query = '-', port, user = '-', client = '', ...more] =
    found;
  const [agent = '-', referrer = '-', code, subStatus, win32Status = '0', duration] = more;
  const instant = readIsoStamp(`${stamp}Z`, clock)?.instant;
  if (instant === undefined) return undefined;
  const status = Number(code);
  const attributes: Attributes = new Map<string, string | number>([
    ['http.request.method', method],
    ['url.path', path],
    ['http.response.status_code', status],
    ['iis.sub_status', Number(subStatus)],
    ['server.address', server],
    ['server.port', Number(port)],
    ['client.address', client],
    ['duration_ms', Number(duration)],
  ]);
  const texts = {
    'url.query': query,
    'user.name': user,
    'user_agent.original': agent.replaceAll('+', ' '),
    'http.request.header.referer': referrer,
  };
  for (const [name, value] of Object.entries(texts)) if (value !== '-') attributes.set(name, value);
  if (win32Status !== '0') attributes.set('error.code', win32Status);
  const body = line.slice(stamp.length + server.length + 2);
  return {
    timestamp: instant,
    severityNumber: severityOfStatus(status),
    severityText: String(status),
    body,
    attributes,
  };
}
