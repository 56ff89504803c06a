import type { Attributes } from '../model/index.ts';
import { addRequest, secondsToMs } from './access-line.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfStatus } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * Access log of AWS' Application Load Balancer; `-1` stands for a phase that was not reached.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
export const awsAlb: LogFormat = {
  id: 'aws-alb',
  title: 'AWS Application Load Balancer',
  technology: 'aws',
  firstCharacters: 'hwg',
  continuation: 'none',
  parse,
  samples: [
    {
      text: 'http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"',
      origin: 'docs.aws.amazon.com, as in public file index id 29264021049',
      time: '2018-07-02T22:23:00.186641Z',
      severityNumber: 9,
      body: '"GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"',
      attributes: {
        'http.response.status_code': 200,
        'client.address': '192.168.131.39',
        'upstream.address': '10.0.0.1:80',
        duration_ms: 1,
        'upstream.status_code': 200,
        'aws.alb.name': 'app/my-loadbalancer/50dc6c495c0c9188',
      },
    },
  ],
};

const HEAD =
  /^(?:https?|h2|wss?|grpcs?) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z) (app\/\S{1,128}) (\S{1,255}):(\d{1,5}) (\S{1,255}) (-1|\d{1,9}\.\d{1,6}) (-1|\d{1,9}\.\d{1,6}) (-1|\d{1,9}\.\d{1,6}) (\d{3}|-) (\d{3}|-) (\d{1,15}) (\d{1,15}) (?="((?:[^"\\]|\\.)*)")/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', name = '', address = '', port, target = '-', ...more] = found;
  const [queue = '', upstream = '', response = '', status = '-', targetStatus = '-', , sent, request = ''] = more;
  const instant = readIsoStamp(stamp, clock)?.instant;
  if (instant === undefined) return undefined;
  const attributes: Attributes = new Map<string, string | number>([
    ['aws.alb.name', name],
    ['client.address', address],
    ['client.port', Number(port)],
    ['http.response.body.size', Number(sent)],
  ]);
  if (target !== '-') attributes.set('upstream.address', target);
  if (targetStatus !== '-') attributes.set('upstream.status_code', Number(targetStatus));
  const phases = [queue, upstream, response].filter((phase) => phase !== '-1');
  if (phases.length > 0)
    attributes.set(
      'duration_ms',
      phases.reduce((sum, phase) => sum + secondsToMs(phase), 0),
    );
  addRequest(attributes, request);
  const body = line.slice(head.length);
  if (status === '-') return { timestamp: instant, body, attributes };
  attributes.set('http.response.status_code', Number(status));
  return {
    timestamp: instant,
    severityNumber: severityOfStatus(Number(status)),
    severityText: status,
    body,
    attributes,
  };
}
