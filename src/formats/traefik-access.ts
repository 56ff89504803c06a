import type { Attributes } from '../model/index.ts';
import { readAccessLine } from './access-line.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import type { Clock } from './time.ts';

/**
 * Traefik's access log: the Combined Log Format, then request number, router, server and milliseconds.
 * @see https://doc.traefik.io/traefik/observability/access-logs/
 */
export const traefikAccess: LogFormat = {
  id: 'traefik-access',
  title: 'Traefik (access log)',
  technology: 'traefik',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '10.0.0.2 - traefik [04/Sep/2020:07:52:41 +0000] "GET / HTTP/1.1" 200 760 "-" "-" 1 "catapp@docker" "http://10.0.8.6:5000" 14ms',
      origin: 'public file index id 5049098339',
      time: '2020-09-04T07:52:41Z',
      severityNumber: 9,
      body: '"GET / HTTP/1.1" 200 760 "-" "-" 1 "catapp@docker" "http://10.0.8.6:5000" 14ms',
      attributes: { duration_ms: 14, 'traefik.router': 'catapp@docker', 'upstream.address': 'http://10.0.8.6:5000' },
    },
    {
      text: '91.34.143.167 - admin [07/Jan/2026:16:17:08 +0000] "GET /ws HTTP/1.1" 404 555 "-" "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36" 1 "goaccess@docker" "http://172.19.0.4:80" 1ms',
      origin: 'public file index id 49631702090',
      time: '2026-01-07T16:17:08Z',
      severityNumber: 13,
      body: '"GET /ws HTTP/1.1" 404 555 "-" "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36" 1 "goaccess@docker" "http://172.19.0.4:80" 1ms',
      attributes: { 'http.response.status_code': 404 },
    },
  ],
};

const EXTRA = /^\d{1,15} "([^"]*)" "([^"]*)" (\d{1,12})ms$/;

function parse(text: string, clock: Clock): ParsedLine | undefined {
  const access = readAccessLine(text, clock);
  const found = access === undefined ? null : EXTRA.exec(access.extra);
  if (access === undefined || found === null) return undefined;
  const [, router = '-', server = '-', duration] = found;
  const attributes: Attributes = new Map([...access.line.attributes, ['duration_ms', Number(duration)]]);
  if (router !== '-') attributes.set('traefik.router', router);
  if (server !== '-') attributes.set('upstream.address', server);
  return { ...access.line, attributes };
}
