import type { LogFormat, ParsedLine } from './format.ts';
import { addStandardNames, flattenFields, parseJsonObject, stringField, traceContext } from './json-fields.ts';
import { severityOfPinoLevel, severityOfWord } from './levels.ts';
import { epochToMs, readIsoStamp, type Clock } from './time.ts';

/**
 * pino's newline-delimited JSON: `level` (number, or a label by option) and `time` (epoch ms, or ISO by option).
 * @see https://getpino.io/#/docs/api
 */
export const pino: LogFormat = {
  id: 'pino',
  title: 'pino (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"level":30,"time":1531171074631,"msg":"hello world","pid":657,"hostname":"Davids-MBP-3.fritz.box"}',
      origin: 'pinojs/pino:README.md',
      time: '2018-07-09T21:24:34.631Z',
      severityNumber: 9,
      body: 'hello world',
      attributes: { 'process.pid': 657, 'host.name': 'Davids-MBP-3.fritz.box' },
    },
    {
      text: '{"level":"info","time":1745532517537,"pid":17,"hostname":"7d82d3f28bad","trace_id":"c759f29f5f1e2162be56f32dd1e77fce","span_id":"17c4a60ca4297cf1","trace_flags":"01","service.name":"payment","msg":"Charge request received."}',
      origin: 'tstack/lnav:test/logfile_pino.0, request field taken out',
      time: '2025-04-24T22:08:37.537Z',
      severityNumber: 9,
      body: 'Charge request received.',
      attributes: { 'service.name': 'payment' },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || object['v'] !== undefined) return undefined;
  const { level, time } = object;
  const severityNumber =
    typeof level === 'number' ? severityOfPinoLevel(level) : typeof level === 'string' ? severityOfWord(level) : undefined;
  const timestamp =
    typeof time === 'number' ? epochToMs(time) : typeof time === 'string' ? readIsoStamp(time, clock)?.instant : undefined;
  if (severityNumber === undefined || timestamp === undefined) return undefined;
  if (typeof level === 'string' && typeof object['msg'] !== 'string') return undefined;
  const attributes = flattenFields(object, ['level', 'time', 'msg']);
  addStandardNames(attributes);
  return {
    timestamp,
    severityNumber,
    severityText: String(level),
    body: stringField(object, 'msg', 'err.message') ?? '',
    attributes,
    ...traceContext(attributes),
  };
}
