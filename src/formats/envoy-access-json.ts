import type { LogFormat, ParsedLine } from './format.ts';
import { numberField, parseJsonObject, stringField, type JsonObject } from './json-fields.ts';
import { jsonRecord, timeOf } from './json-record.ts';
import { severityOfStatus } from './levels.ts';
import type { Clock } from './time.ts';

/**
 * Envoy's and Istio's access log in JSON: `response_code`, `response_flags`, `upstream_host`, `duration` in milliseconds.
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
 */
export const envoyAccessJson: LogFormat = {
  id: 'envoy-access-json',
  title: 'Envoy and Istio access log (JSON)',
  technology: 'envoy',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"authority":"envoy:8080","bytes_received":0,"bytes_sent":76,"duration":11,"method":"GET","path":"/normal","request_id":"bb105b9f-61df-423e-992d-ea66d642d078","response_code":200,"response_flags":"-","timestamp":"2025-07-06T17:08:13.682Z","upstream_host":"172.18.0.2:8000","upstream_service_time":"9","user_agent":"Python/3.11 aiohttp/3.9.1"}',
      origin: 'prequel-dev/cre:rules/cre-2025-0118/test.log',
      time: '2025-07-06T17:08:13.682Z',
      severityNumber: 9,
      body: 'GET /normal 200 -',
      attributes: {
        'http.request.method': 'GET',
        'url.path': '/normal',
        'http.response.status_code': 200,
        duration_ms: 11,
        'user_agent.original': 'Python/3.11 aiohttp/3.9.1',
        'request.id': 'bb105b9f-61df-423e-992d-ea66d642d078',
        'server.address': '172.18.0.2:8000',
      },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || object['response_flags'] === undefined) return undefined;
  const status = numberField(object, 'response_code');
  if (status === undefined) return undefined;
  return jsonRecord(object, {
    timestamp: timeOf(object['timestamp'] ?? object['start_time'], clock),
    level: { severityNumber: severityOfStatus(status), severityText: String(status) },
    body: requestLine(object),
    known: ['timestamp', 'start_time'],
    extra: [
      ['client.address', stringField(object, 'downstream_remote_address', 'x_forwarded_for')],
      ['server.address', stringField(object, 'upstream_host')],
      ['user_agent.original', stringField(object, 'user_agent')],
      ['duration_ms', numberField(object, 'duration')],
    ],
  });
}

/** `GET /orders HTTP/1.1 503 UH no_healthy_upstream upstream_reset…`: what went wrong stands in flags and details. */
function requestLine(object: JsonObject): string {
  return [
    'method',
    'path',
    'protocol',
    'response_code',
    'response_flags',
    'response_code_details',
    'upstream_transport_failure_reason',
  ]
    .map((name) => object[name])
    .filter((value) => (typeof value === 'string' && value !== '') || typeof value === 'number')
    .join(' ');
}
