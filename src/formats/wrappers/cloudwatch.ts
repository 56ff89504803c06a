import { readIsoStamp } from '../time.ts';
import type { Wrapper } from '../wrapper.ts';

/** A Lambda function's stream (`2024/07/24/[$LATEST]…`) or that of a container (`ecs/NAME/TASK`). */
const PREFIX =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d) (\d{4}\/\d\d\/\d\d\/[\w-]{0,64}\[[\w$-]{1,64}\][0-9a-f]{32}|[\w./-]{1,256}\/([\w.-]{1,128})\/[0-9a-f-]{32,36}) ?/;

/**
 * `aws logs tail`: time, log stream, line.
 * @see https://docs.aws.amazon.com/cli/latest/reference/logs/tail.html
 */
export const cloudwatch: Wrapper = {
  id: 'cloudwatch',
  title: 'aws logs tail',
  firstCharacters: '0123456789',
  peel(line, clock) {
    const found = PREFIX.exec(line);
    if (found === null) return undefined;
    const [prefix, stamp = '', stream = '', container] = found;
    const timestamp = readIsoStamp(stamp, clock)?.instant;
    if (timestamp === undefined) return undefined;
    return {
      inner: line.slice(prefix.length),
      timestamp,
      attributes: [
        ['aws.log.stream.name', stream],
        ...(container === undefined ? [] : ([['container.name', container]] as const)),
      ],
      stream,
    };
  },
  samples: [
    {
      template: '2024-07-24T11:09:20.014000+00:00 2024/07/24/[$LATEST]002eb047d7237ce44a04639e8cc81d21 {}',
      origin: 'public file index id 49150540836',
      time: '2024-07-24T11:09:20.014Z',
      attributes: { 'aws.log.stream.name': '2024/07/24/[$LATEST]002eb047d7237ce44a04639e8cc81d21' },
    },
    {
      template: '2024-07-17T07:41:56.034000+00:00 ecs/simple-container/f801f89ff0c94f1a9d85892e8768a9a3 {}',
      origin: 'public file index id 15101059163',
      time: '2024-07-17T07:41:56.034Z',
      attributes: { 'container.name': 'simple-container' },
    },
  ],
};
