import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { addStandardNames, traceContext } from './json-fields.ts';
import { firstText, timeOf, wordLevel } from './json-record.ts';
import { readPairs } from './logfmt-pairs.ts';
import type { Clock } from './time.ts';

const LEVELS = ['level', 'lvl', 'severity', 'at'];
const MESSAGES = ['msg', 'message'];
const TIMES = ['time', 'ts', 't', 'timestamp', '@timestamp', 'datetime'];
const DURATIONS = ['duration', 'service', 'elapsed', 'took', 'latency', 'request_time'];
const UNIT_MS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1_000 };

/**
 * `key=value key="quoted value"`: logrus, slog's TextHandler, go-kit, Grafana and Prometheus, Heroku's router, lograge.
 * @see https://brandur.org/logfmt
 */
export const logfmt: LogFormat = {
  id: 'logfmt',
  title: 'logfmt',
  continuation: 'trace',
  parse,
  samples: [
    {
      text: 'time="2021-09-15T21:17:10.220731Z" level=error msg="error retrieving pod status: pod inc-1-enh-domain-c14-ns-2/hello-inc-1-enh-domain-c14-ns-2-3-d8f465685-k75gp is not found: PodNotFound" namespace=inc-1-enh-domain-c14-ns-2 pod=hello-inc-1-enh-domain-c14-ns-2-3-d8f465685-k75gp reason= status=Pending',
      origin: 'tstack/lnav:test/logfile_logfmt.0',
      time: '2021-09-15T21:17:10.220731Z',
      severityNumber: 17,
      body: 'error retrieving pod status: pod inc-1-enh-domain-c14-ns-2/hello-inc-1-enh-domain-c14-ns-2-3-d8f465685-k75gp is not found: PodNotFound',
      attributes: { namespace: 'inc-1-enh-domain-c14-ns-2', reason: '', status: 'Pending' },
    },
    {
      text: 'logger=settings t=2025-04-24T19:51:48.520963849Z level=info msg="Starting Grafana" version=11.5.2 commit=598e0338d5374d6bc404b02a58094132c5eeceb8 branch=HEAD compiled=2025-04-24T19:51:48Z',
      origin: 'tstack/lnav:test/logfile_grafana.0',
      time: '2025-04-24T19:51:48.520964Z',
      severityNumber: 9,
      body: 'Starting Grafana',
      attributes: { 'log.logger': 'settings' },
    },
    {
      text: 'time=2023-08-16T00:35:15+08:00 level=INFO msg="Service httpd started: <http://127.0.0.1:9000>"',
      origin: 'pkg.go.dev/github.com/whoisnian/glb/logger',
      time: '2023-08-15T16:35:15Z',
      severityNumber: 9,
      body: 'Service httpd started: <http://127.0.0.1:9000>',
    },
    {
      text: 'at=error code=H12 desc="Request timeout" method=POST path="/poll" host=fast-depths-22674.herokuapp.com request_id=50a4bf5b-0932-45bd-89ff-95a4fb89cc3d fwd="36.71.232.235" dyno=web.1 connect=1ms service=30000ms status=503 bytes=0 protocol=https',
      origin: 'gist Suyash-Purwar, heroku logs',
      severityNumber: 17,
      body: 'at=error code=H12 desc="Request timeout" method=POST path="/poll" host=fast-depths-22674.herokuapp.com request_id=50a4bf5b-0932-45bd-89ff-95a4fb89cc3d fwd="36.71.232.235" dyno=web.1 connect=1ms service=30000ms status=503 bytes=0 protocol=https',
      attributes: {
        'error.code': 'H12',
        'http.request.method': 'POST',
        'url.path': '/poll',
        'http.response.status_code': 503,
        duration_ms: 30000,
        'request.id': '50a4bf5b-0932-45bd-89ff-95a4fb89cc3d',
      },
    },
    {
      text: 'ts=2025-03-10T13:52:32.125013093Z level=info msg="tail routine: started" component_path=/ component_id=loki.source.file.pod_logs component=tailer path=/var/log/pods/kube-system_kube-proxy-2d5kx_fe6b68d3-caac-4e68-bb5c-1cc7ecb16206/kube-proxy/1.log',
      origin: 'prequel-dev/cre:rules/cre-2024-0019/test.log',
      time: '2025-03-10T13:52:32.125013Z',
      severityNumber: 9,
      body: 'tail routine: started',
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const pairs = readPairs(line);
  if (pairs === undefined || !isLog(pairs)) return undefined;
  const level = wordLevel(pairs.get(LEVELS.find((name) => pairs.has(name)) ?? ''));
  const timestamp = timeOf(pairs.get(TIMES.find((name) => pairs.has(name)) ?? ''), clock);
  const attributes = attributesOf(pairs);
  return {
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(level === undefined ? {} : level),
    body: firstText(...MESSAGES.map((name) => pairs.get(name)), line),
    attributes,
    ...traceContext(attributes),
  };
}

/** At least three pairs, of which one is a level, a message or a request's fields; a level and a message do alone. */
function isLog(pairs: ReadonlyMap<string, string>): boolean {
  const hasLevel = LEVELS.some((name) => wordLevel(pairs.get(name)) !== undefined);
  const hasMessage = MESSAGES.some((name) => pairs.has(name));
  if (hasLevel && hasMessage) return true;
  const isRequest = pairs.has('method') && pairs.has('path') && pairs.has('status');
  return pairs.size >= 3 && (hasLevel || hasMessage || isRequest);
}

function attributesOf(pairs: ReadonlyMap<string, string>): Attributes {
  const attributes: Attributes = new Map();
  for (const [name, value] of pairs) {
    if (!MESSAGES.includes(name) && !TIMES.includes(name) && name !== 'level' && name !== 'lvl')
      attributes.set(name, value);
  }
  const durationMs = readDuration(pairs);
  if (durationMs !== undefined) attributes.set('duration_ms', durationMs);
  addStandardNames(attributes);
  return attributes;
}

/** Go's and Heroku's durations: `30000ms`, `1.2s`. */
function readDuration(pairs: ReadonlyMap<string, string>): number | undefined {
  for (const name of DURATIONS) {
    const found = /^(\d{1,12}(?:\.\d{1,12})?)(ns|us|µs|ms|s)$/.exec(pairs.get(name) ?? '');
    if (found !== null) return Number(found[1]) * (UNIT_MS[found[2] ?? ''] ?? 1);
  }
  return undefined;
}
