import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfMongodb } from './mongodb-json.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * The log of MongoDB 3.0 to 4.2.
 * @see https://www.mongodb.com/docs/v4.2/reference/log-messages/
 */
export const mongodbText: LogFormat = {
  id: 'mongodb-text',
  title: 'MongoDB before 4.4 (text)',
  technology: 'mongodb',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse,
  samples: [
    {
      text: '2014-11-03T18:28:32.450-0500 I NETWORK [initandlisten] waiting for connections on port 27017',
      origin: 'logstash-plugins/logstash-patterns-core:spec/patterns/mongodb_spec.rb',
      time: '2014-11-03T23:28:32.450Z',
      severityNumber: 9,
      body: 'waiting for connections on port 27017',
      attributes: { 'log.logger': 'NETWORK', 'thread.name': 'initandlisten' },
    },
    {
      text: '2015-02-24T18:17:47.148+0000 F -        [conn11] Got signal: 11 (Segmentation fault).',
      origin: 'logstash-plugins/logstash-patterns-core:spec/patterns/mongodb_spec.rb',
      time: '2015-02-24T18:17:47.148Z',
      severityNumber: 21,
      body: 'Got signal: 11 (Segmentation fault).',
    },
    {
      text: '2015-04-23T07:00:13.864+0200 I CONTROL  Ctrl-C signal',
      origin: 'logstash-plugins/logstash-patterns-core:spec/patterns/mongodb_spec.rb',
      time: '2015-04-23T05:00:13.864Z',
      severityNumber: 9,
      body: 'Ctrl-C signal',
    },
  ],
};

const HEAD =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:?\d\d)) ([FEWID][1-5]?) ([A-Z_]{2,16}|-) +(?:\[([^\]\n]{1,128})\] )?/;
const DURATION = / (\d{1,12})ms$/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', severity = '', component = '', context] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = severityOfMongodb(severity);
  if (instant === undefined || severityNumber === undefined) return undefined;
  const body = line.slice(head.length);
  const attributes: Attributes = new Map();
  if (component !== '-') attributes.set('log.logger', component);
  if (context !== undefined) attributes.set('thread.name', context);
  const duration = DURATION.exec(body.slice(-20))?.[1];
  if (duration !== undefined) attributes.set('duration_ms', Number(duration));
  return { timestamp: instant, severityNumber, severityText: severity, body, attributes };
}
