import type { Attributes } from '../model/index.ts';
import { addRequest } from './access-line.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfStatus } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * Envoy's default access log, and Istio's, which adds details behind the response flags and the cluster at the end.
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string
 */
export const envoyAccess: LogFormat = {
  id: 'envoy-access',
  title: 'Envoy and Istio (access log)',
  technology: 'envoy',
  firstCharacters: '[',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '[2024-02-06T15:18:17.437Z] "GET / HTTP/1.1" 503 UF 0 91 1998 - "103.67.2.26" "curl/8.4.0" "d70640ec-2feb-46f8-9f63-24c44142c42e" "example.projectcontour.io" "10.244.8.27:8080"',
      origin: 'public file index id 27635466319 (projectcontour.io)',
      time: '2024-02-06T15:18:17.437Z',
      severityNumber: 17,
      body: '"GET / HTTP/1.1" 503 UF 0 91 1998 - "103.67.2.26" "curl/8.4.0" "d70640ec-2feb-46f8-9f63-24c44142c42e" "example.projectcontour.io" "10.244.8.27:8080"',
      attributes: {
        'http.response.status_code': 503,
        'envoy.response_flags': 'UF',
        duration_ms: 1998,
        'client.address': '103.67.2.26',
        'request.id': 'd70640ec-2feb-46f8-9f63-24c44142c42e',
        'upstream.address': '10.244.8.27:8080',
      },
    },
    {
      text: '[2022-06-09T16:06:06.942Z] "GET /hello HTTP/1.1" 503 UF upstream_reset_before_response_started{connection_failure,delayed_connect_error:_111} - "-" 0 145 0 - "-" "curl/7.68.0" "ffc1de9a-c7dd-9e0f-b62c-1c12b7a830ff" "10.32.13.107" "10.28.0.19:80" inbound|80|| - 10.28.0.19:80 10.28.0.1:9347 - default',
      origin: 'public file index id 18396613440',
      time: '2022-06-09T16:06:06.942Z',
      severityNumber: 17,
      body: '"GET /hello HTTP/1.1" 503 UF upstream_reset_before_response_started{connection_failure,delayed_connect_error:_111} - "-" 0 145 0 - "-" "curl/7.68.0" "ffc1de9a-c7dd-9e0f-b62c-1c12b7a830ff" "10.32.13.107" "10.28.0.19:80" inbound|80|| - 10.28.0.19:80 10.28.0.1:9347 - default',
      attributes: {
        'envoy.response_flags': 'UF',
        'upstream.name': 'inbound|80||',
        'url.path': '/hello',
        duration_ms: 0,
        'envoy.response_details':
          'upstream_reset_before_response_started{connection_failure,delayed_connect_error:_111}',
      },
    },
    {
      text: '[2022-05-27T13:21:24.535Z] "POST /keycloak/realms/master/protocol/openid-connect/token HTTP/1.1" 503 UF,URX "TLS error: Secret is not supplied by SDS" 96 159 16 - "-" "python-requests/2.27.1" "19fe9b72-d887-4649-b934-9dc7bc76cc21" "keycloak.services:8080" "10.44.0.31:8080" outbound|8080||keycloak.services.svc.cluster.local - 10.28.81.125:8080 10.32.0.25:60032 - default',
      origin: 'public file index id 8472388046',
      time: '2022-05-27T13:21:24.535Z',
      severityNumber: 17,
      body: '"POST /keycloak/realms/master/protocol/openid-connect/token HTTP/1.1" 503 UF,URX "TLS error: Secret is not supplied by SDS" 96 159 16 - "-" "python-requests/2.27.1" "19fe9b72-d887-4649-b934-9dc7bc76cc21" "keycloak.services:8080" "10.44.0.31:8080" outbound|8080||keycloak.services.svc.cluster.local - 10.28.81.125:8080 10.32.0.25:60032 - default',
      attributes: {
        'envoy.response_flags': 'UF,URX',
        'envoy.failure_reason': 'TLS error: Secret is not supplied by SDS',
      },
    },
  ],
};

const HEAD =
  /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\] (?="((?:[^"\\]|\\.)*)" (\d{1,3}) ([A-Za-z]{2,8}(?:,[A-Za-z]{2,8})*|-) )/;
const DETAILS = /^ ([a-z][a-z_]{2,80}(?:\{[^}\s]{0,300}\})?) /;
const REASON = /^ (?:\S{1,400} ){0,2}"([^"]{2,500})" \d/;
const FIGURES =
  / (\d{1,15}) (\d{1,15}) (\d{1,12}) (\d{1,12}|-) "([^"]{0,1000})" "([^"]{0,2000})" "([^"]{0,200})" "([^"]{0,300})" "([^"]{0,300})"(?: (\S{1,300}))?/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', request = '', code, flags = ''] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  if (instant === undefined) return undefined;
  const status = Number(code);
  const body = line.slice(head.length);
  const attributes: Attributes = new Map<string, string | number>([['http.response.status_code', status]]);
  if (flags !== '-') attributes.set('envoy.response_flags', flags);
  addRequest(attributes, request);
  const start = request.length + 2 + ` ${code} ${flags}`.length;
  addFigures(attributes, body.slice(start));
  return {
    timestamp: instant,
    severityNumber: severityOfStatus(status),
    severityText: String(status),
    body,
    attributes,
  };
}

function addFigures(attributes: Attributes, rest: string): void {
  const details = DETAILS.exec(rest)?.[1];
  if (details !== undefined) attributes.set('envoy.response_details', details);
  const reason = REASON.exec(rest)?.[1];
  if (reason !== undefined) attributes.set('envoy.failure_reason', reason);
  const found = FIGURES.exec(rest);
  if (found === null) return;
  const [
    ,
    ,
    sent,
    duration,
    service = '-',
    forwarded = '-',
    agent = '-',
    id = '-',
    authority = '-',
    upstream = '-',
    cluster,
  ] = found;
  attributes.set('http.response.body.size', Number(sent));
  attributes.set('duration_ms', Number(duration));
  if (service !== '-') attributes.set('upstream.response_ms', Number(service));
  const texts = {
    'client.address': forwarded,
    'user_agent.original': agent,
    'request.id': id,
    'server.address': authority,
    'upstream.address': upstream,
    'upstream.name': cluster ?? '-',
  };
  for (const [name, value] of Object.entries(texts)) if (value !== '-' && value !== '') attributes.set(name, value);
}
