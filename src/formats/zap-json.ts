import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, wordLevel, type StatedLevel } from './json-record.ts';
import type { Clock } from './time.ts';

/** zap alone has a level between panic and fatal: the process goes on after a recovered panic. */
const PANIC = 19;

/**
 * zap's JSON (also etcd, Caddy, controllers of Kubernetes, Grafana's go-kit loggers): `ts` in seconds or ISO, `msg`,
 * `level` (may be absent), `caller`, `stacktrace`.
 * @see https://pkg.go.dev/go.uber.org/zap#NewProductionEncoderConfig
 */
export const zapJson: LogFormat = {
  id: 'zap-json',
  title: 'zap (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"level":"info","ts":1761019822.3152757,"msg":"maxprocs: Leaving GOMAXPROCS=12: CPU quota undefined"}',
      origin: 'tstack/lnav:test/logfile_caddy_log.0',
      time: '2025-10-21T04:10:22.315276Z',
      severityNumber: 9,
      body: 'maxprocs: Leaving GOMAXPROCS=12: CPU quota undefined',
    },
    {
      text: '{"level":"fatal","ts":"2026-11-21T03:08:21.416Z","caller":"etcdmain/etcd.go:271","msg":"discovery failed","error":"listen tcp 127.0.0.1:23800: bind: address already in use","stacktrace":"go.etcd.io/etcd/etcdmain.startEtcdOrProxyV2\\n\\tgo.etcd.io/etcd/etcdmain/etcd.go:271\\ngo.etcd.io/etcd/etcdmain.Main\\n\\tgo.etcd.io/etcd/etcdmain/main.go:46\\nmain.main\\n\\tgo.etcd.io/etcd/main.go:28\\nruntime.main\\n\\truntime/proc.go:250"}',
      origin: 'etcd 3.4.23 --logger zap',
      time: '2026-11-21T03:08:21.416Z',
      severityNumber: 21,
      body: 'discovery failed',
      attributes: {
        'exception.message': 'listen tcp 127.0.0.1:23800: bind: address already in use',
        caller: 'etcdmain/etcd.go:271',
      },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || typeof object['msg'] !== 'string') return undefined;
  const timestamp = timeOf(object['ts'], clock);
  if (timestamp === undefined) return undefined;
  return jsonRecord(object, {
    timestamp,
    level: levelOf(object['level']),
    body: firstText(object['msg'], object['error']),
    known: ['ts', 'level', 'msg'],
    extra: [['duration_ms', secondsToMs(object['duration'])]],
  });
}

/** zap writes durations in seconds. */
function secondsToMs(duration: unknown): number | undefined {
  return typeof duration === 'number' ? Math.round(duration * 1e6) / 1e3 : undefined;
}

function levelOf(value: unknown): StatedLevel | undefined {
  const level = wordLevel(value);
  return level?.severityText.toLowerCase() === 'panic' ? { ...level, severityNumber: PANIC } : level;
}
