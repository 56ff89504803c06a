import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * Traefik v3's own log in its text form: `time LVL github.com/traefik/…/file.go:123 > message key=value`. v2 writes
 * logfmt, and both write JSON on demand.
 * @see https://doc.traefik.io/traefik/observability/logs/
 */
export const traefik: LogFormat = {
  id: 'traefik',
  title: 'Traefik v3 (text)',
  technology: 'traefik',
  firstCharacters: '0123456789',
  continuation: 'trace',
  parse,
  samples: [
    {
      text: '2024-08-14T03:51:16Z ERR github.com/traefik/traefik/v3/pkg/provider/kubernetes/crd/kubernetes_http.go:102 > error="kubernetes service not found: traefik/haynestower" ingress=plex namespace=traefik providerName=kubernetescrd',
      origin: 'public file index id 12046195877',
      time: '2024-08-14T03:51:16Z',
      severityNumber: 17,
      body: 'error="kubernetes service not found: traefik/haynestower" ingress=plex namespace=traefik providerName=kubernetescrd',
      attributes: {
        'exception.message': 'kubernetes service not found: traefik/haynestower',
        providerName: 'kubernetescrd',
        'code.line.number': 102,
      },
    },
    {
      text: '2025-11-21T15:14:17-05:00 ERR github.com/traefik/traefik/v3/pkg/proxy/httputil/proxy.go:119 > 500 Internal Server Error error="tls: failed to verify certificate: x509: certificate relies on legacy Common Name field, use SANs instead"',
      origin: 'public file index id 36901173808',
      time: '2025-11-21T20:14:17Z',
      severityNumber: 17,
      body: '500 Internal Server Error error="tls: failed to verify certificate: x509: certificate relies on legacy Common Name field, use SANs instead"',
    },
  ],
};

const HEAD =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)) (TRC|DBG|INF|WRN|ERR|FTL|PNC) (github\.com\/traefik\/[\w./-]{1,200}\.go):(\d{1,6}) > /;
const PAIR = /(?:^| )([A-Za-z][\w.]{0,60})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', level = '', file = '', lineNumber] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  if (instant === undefined) return undefined;
  const body = line.slice(head.length);
  const attributes = new Map<string, string | number>([
    ['code.file.path', file],
    ['code.line.number', Number(lineNumber)],
  ]);
  for (const [, key = '', quoted, plain = ''] of body.matchAll(PAIR)) {
    attributes.set(key === 'error' ? 'exception.message' : key, quoted ?? plain);
  }
  const severityNumber = level === 'PNC' ? 21 : severityOfWord(level);
  return {
    timestamp: instant,
    ...(severityNumber === undefined ? {} : { severityNumber }),
    severityText: level,
    body,
    attributes,
  };
}
