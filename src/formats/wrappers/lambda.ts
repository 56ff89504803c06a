import { severityOfWord } from '../levels.ts';
import { readIsoStamp, type Clock } from '../time.ts';
import type { PeeledLine, Wrapper } from '../wrapper.ts';

const TIME = String.raw`(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)`;
const REQUEST = String.raw`([0-9a-fA-F]{8}-[\w-]{4,5}-[\w-]{4,5}-[\w-]{4}-[\w]{12}|undefined)`;
const NODE = new RegExp(String.raw`^${TIME}\t${REQUEST}\t(?:([A-Z]{4,8})\t)?`);
const PYTHON = new RegExp(String.raw`^\[([A-Z]{4,8})\]\t${TIME}\t${REQUEST.replace('undefined', '')}\t`);

/**
 * What the Node.js and Python runtimes of AWS Lambda put before a line: `TIME⇥REQUEST-ID⇥LEVEL⇥`, and
 * `[LEVEL]⇥TIME⇥REQUEST-ID⇥`. Node's `INFO` is no more than `console.log`, so that it states no severity.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
 */
export const lambda: Wrapper = {
  id: 'lambda',
  title: 'AWS Lambda runtime',
  firstCharacters: '0123456789[',
  peel(line, clock) {
    return line.startsWith('[') ? peelPython(line, clock) : peelNode(line, clock);
  },
  samples: [
    {
      template: '2019-06-07T19:11:20.562Z\tc793869b-ee49-115b-a5b6-4fd21e8dedac\tINFO\t{}',
      origin: 'docs.aws.amazon.com/lambda nodejs-prog-model-logging',
      time: '2019-06-07T19:11:20.562Z',
      attributes: { 'request.id': 'c793869b-ee49-115b-a5b6-4fd21e8dedac' },
    },
    {
      template: '[INFO]\t2019-01-05T04:45:58.984Z\ta7f14ae4-10a4-11e9-ab9d-478d60f1dab7\t{}',
      origin: 'public file index id 24301565345',
      time: '2019-01-05T04:45:58.984Z',
      attributes: { 'request.id': 'a7f14ae4-10a4-11e9-ab9d-478d60f1dab7' },
    },
  ],
};

function peelNode(line: string, clock: Clock): PeeledLine | undefined {
  const found = NODE.exec(line);
  if (found === null) return undefined;
  const [prefix, stamp = '', request = '', level] = found;
  return peeled(line.slice(prefix.length), stamp, request, level === 'INFO' ? undefined : level, clock);
}

function peelPython(line: string, clock: Clock): PeeledLine | undefined {
  const found = PYTHON.exec(line);
  if (found === null) return undefined;
  const [prefix, level, stamp = '', request = ''] = found;
  return peeled(line.slice(prefix.length), stamp, request, level, clock);
}

function peeled(
  inner: string,
  stamp: string,
  request: string,
  level: string | undefined,
  clock: Clock,
): PeeledLine | undefined {
  const timestamp = readIsoStamp(stamp, clock)?.instant;
  if (timestamp === undefined) return undefined;
  const severityNumber = level === undefined ? undefined : severityOfWord(level);
  return {
    inner,
    timestamp,
    ...(severityNumber === undefined || level === undefined ? {} : { severityNumber, severityText: level }),
    ...(request === 'undefined' ? {} : { attributes: [['request.id', request]] as const, stream: request }),
  };
}
