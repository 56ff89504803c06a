import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { unescapeText } from './logfmt-pairs.ts';
import { fractionToMs, toInstant, type Clock } from './time.ts';

const PREFIX =
  /^([IWEF])(\d{4})?(\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{6}) +(\d{1,20}) ([\w./-]{1,256}\.[a-z]{1,4}):(\d{1,6})\] ?/;
const SEVERITIES: Readonly<Record<string, number>> = { I: 9, W: 13, E: 17, F: 21 };

/**
 * klog and glog (Kubernetes, and C++ programs): `E0517 15:04:22.619632 THREAD file:line] message`; newer glog writes the
 * year before the month. Structured messages end in `err="…" key="value"`.
 * @see https://github.com/kubernetes/klog/blob/main/klog.go
 */
export const klog: LogFormat = {
  id: 'klog',
  title: 'klog and glog',
  firstCharacters: 'IWEF',
  continuation: 'text',
  parse,
  samples: [
    {
      text: 'E0517 15:04:22.619632 1952452992 logging_unittest.cc:253] Log every 3, iteration 19',
      origin: 'tstack/lnav:test/logfile_glog.0',
      time: '2026-05-17T15:04:22.619632Z',
      severityNumber: 17,
      body: 'Log every 3, iteration 19',
      attributes: { 'thread.id': '1952452992', 'code.file.path': 'logging_unittest.cc', 'code.line.number': 253 },
    },
    {
      text: 'E1202 14:22:52.923640 42965 controller.go:145] "Failed to ensure lease exists, will retry" err="Get \\"https://server.kubernetes.local:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-0?timeout=10s\\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)" interval="7s"',
      origin: 'prequel-dev/cre:rules/cre-2025-0048/test.log, with the quote that was lost there',
      time: '2025-12-02T14:22:52.923640Z',
      severityNumber: 17,
      body: '"Failed to ensure lease exists, will retry" err="Get \\"https://server.kubernetes.local:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-0?timeout=10s\\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)" interval="7s"',
      attributes: {
        'exception.message':
          'Get "https://server.kubernetes.local:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-0?timeout=10s": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
      },
    },
    {
      text: 'E1121 03:18:52.164825     806 loggers.go:68] query failed: dial tcp 127.0.0.1:5599: connect: connection refused\nand a second line',
      origin: 'klog 2.80.1',
      time: '2026-11-21T03:18:52.164825Z',
      severityNumber: 17,
      body: 'query failed: dial tcp 127.0.0.1:5599: connect: connection refused\nand a second line',
      attributes: { 'thread.id': '806' },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = PREFIX.exec(line);
  if (found === null) return undefined;
  const [prefix, letter = '', year, month, day, hour, minute, second, fraction = '0'] = found;
  const timestamp = toInstant(
    {
      ...(year === undefined ? {} : { year: Number(year) }),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      millisecond: fractionToMs(fraction),
    },
    clock,
  );
  const severityNumber = SEVERITIES[letter];
  if (timestamp === undefined || severityNumber === undefined) return undefined;
  const body = line.slice(prefix.length);
  return { timestamp, severityNumber, severityText: letter, body, attributes: attributesOf(found, body) };
}

function attributesOf(found: RegExpExecArray, body: string): Attributes {
  const attributes: Attributes = new Map([
    ['thread.id', found[9] ?? ''],
    ['code.file.path', found[10] ?? ''],
  ]);
  attributes.set('code.line.number', Number(found[11]));
  const error = /(?:^| )err(?:or)?="((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
  if (error !== undefined) attributes.set('exception.message', unescapeText(error));
  return attributes;
}
