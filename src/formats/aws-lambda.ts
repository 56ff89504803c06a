import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject, stringField } from './json-fields.ts';
import { jsonRecord } from './json-record.ts';
import { readIsoStamp, type Clock } from './time.ts';

const PLATFORM =
  /^(START|END|REPORT|INIT_START|INIT_REPORT|RESTORE_START|RESTORE_REPORT|EXTENSION|RequestId: )(?= ?RequestId: |\s*[0-9a-f]{8}-| Runtime Version: | Init Duration: | Restore Duration: |\tName: )/;
const REQUEST = /RequestId: ([0-9A-Za-z-]{36})/;
const TIMEOUT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f-]{36}) (Task timed out after .{1,40})$/;
/** What the Node.js runtime says when a function throws: words, and the error as JSON behind a tab. */
const THROWN = /^(Uncaught Exception|Unhandled Promise Rejection|Unhandled Rejection|Invoke Error) ?\t(?=\{)/;
const METRICS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['duration_ms', /(?:^|\t|\s)Duration: ([\d.]{1,16}) ms/],
  ['aws.lambda.init_duration_ms', /Init Duration: ([\d.]{1,16}) ms/],
  ['aws.lambda.memory_size_mb', /Memory Size: (\d{1,6}) MB/],
  ['aws.lambda.max_memory_used_mb', /Max Memory Used: (\d{1,6}) MB/],
];

/**
 * What the platform of AWS Lambda itself writes: START, END, REPORT, INIT_START, and the lines about a function that was
 * ended (`Task timed out`, `RequestId: … Error: Runtime exited`).
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export const awsLambda: LogFormat = {
  id: 'aws-lambda',
  title: 'AWS Lambda platform',
  technology: 'aws-lambda',
  firstCharacters: 'SERIU0123456789',
  continuation: 'trace',
  parse,
  samples: [
    {
      text: 'START RequestId: c793869b-ee49-115b-a5b6-4fd21e8dedac Version: $LATEST',
      origin: 'docs.aws.amazon.com/lambda nodejs-prog-model-logging',
      body: 'START RequestId: c793869b-ee49-115b-a5b6-4fd21e8dedac Version: $LATEST',
      attributes: { 'request.id': 'c793869b-ee49-115b-a5b6-4fd21e8dedac' },
    },
    {
      text: 'REPORT RequestId: a7f14ae4-10a4-11e9-ab9d-478d60f1dab7\tDuration: 1162.23 ms\tBilled Duration: 1200 ms \tMemory Size: 128 MB\tMax Memory Used: 34 MB\t',
      origin: 'public file index id 24301565345',
      body: 'REPORT RequestId: a7f14ae4-10a4-11e9-ab9d-478d60f1dab7\tDuration: 1162.23 ms\tBilled Duration: 1200 ms \tMemory Size: 128 MB\tMax Memory Used: 34 MB\t',
      attributes: { duration_ms: 1162.23, 'aws.lambda.memory_size_mb': 128, 'aws.lambda.max_memory_used_mb': 34 },
    },
    {
      text: 'Uncaught Exception\t{"errorType":"Error","errorMessage":"socket hang up","code":"ECONNRESET","stack":["Error: socket hang up","    at createHangUpError (_http_client.js:323:15)","    at Socket.socketOnEnd (_http_client.js:426:23)"]}',
      origin: 'public file index id 6881743877, stack shortened',
      severityNumber: 17,
      body: 'Uncaught Exception: socket hang up',
      attributes: {
        'exception.type': 'Error',
        'exception.message': 'socket hang up',
        'error.code': 'ECONNRESET',
        'exception.stacktrace':
          'Error: socket hang up\n    at createHangUpError (_http_client.js:323:15)\n    at Socket.socketOnEnd (_http_client.js:426:23)',
      },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  return parseTimeout(line, clock) ?? parseThrown(line) ?? parsePlatform(line);
}

function parseTimeout(line: string, clock: Clock): ParsedLine | undefined {
  const found = TIMEOUT.exec(line);
  if (found === null) return undefined;
  const [, stamp = '', request = '', body = ''] = found;
  const timestamp = readIsoStamp(stamp, clock)?.instant;
  if (timestamp === undefined) return undefined;
  return { timestamp, severityNumber: 17, body, attributes: new Map([['request.id', request]]) };
}

function parseThrown(line: string): ParsedLine | undefined {
  const found = THROWN.exec(line);
  const error = found === null ? undefined : parseJsonObject(line.slice(found[0].length));
  if (found === null || error === undefined) return undefined;
  const [, words = ''] = found;
  return jsonRecord(error, {
    level: { severityNumber: 17, severityText: 'ERROR' },
    body: `${words}: ${stringField(error, 'errorMessage') ?? ''}`,
    known: [],
  });
}

function parsePlatform(line: string): ParsedLine | undefined {
  if (!PLATFORM.test(line)) return undefined;
  const attributes: Attributes = new Map();
  const request = REQUEST.exec(line)?.[1];
  if (request !== undefined) attributes.set('request.id', request);
  for (const [name, pattern] of METRICS) {
    const value = pattern.exec(line)?.[1];
    if (value !== undefined) attributes.set(name, Number(value));
  }
  const isFailure = /\tStatus: (?:timeout|error|failure)\b|^RequestId: \S{36} (?:Error: |Process exited)/.test(line);
  return { ...(isFailure ? { severityNumber: 17 } : {}), body: line, attributes };
}
