import { readIsoStamp } from '../time.ts';
import type { Wrapper } from '../wrapper.ts';

const PREFIX = /^\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7,9}(?:Z|[+-]\d\d:\d\d)) ?/;

/**
 * The time that a collector puts before a line: `kubectl logs --timestamps`, `docker logs --timestamps` (9 digits), the
 * logs of GitHub Actions (7 digits). Loggers write 3 or 6.
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_logs/
 */
export const timePrefix: Wrapper = {
  id: 'time-prefix',
  title: 'time of the collector (kubectl, docker, GitHub Actions)',
  firstCharacters: '\uFEFF0123456789',
  peel(line, clock) {
    const found = PREFIX.exec(line);
    if (found === null) return undefined;
    const [prefix, stamp = ''] = found;
    const instant = readIsoStamp(stamp, clock)?.instant;
    return instant === undefined ? undefined : { inner: line.slice(prefix.length), timestamp: instant };
  },
  samples: [
    {
      template: '2025-06-08T02:45:45.932553709Z {}',
      origin: 'prequel-dev/cre:rules/cre-2025-0105/test.log',
      time: '2025-06-08T02:45:45.932554Z',
    },
    {
      template: '2024-10-29T13:39:42.809794617-05:00 {}',
      origin: 'prequel-dev/cre:rules/cre-2025-0058/test.log',
      time: '2024-10-29T18:39:42.809795Z',
    },
    {
      template: '2026-07-30T19:16:53.1176501Z {}',
      origin: 'pytorch/test-infra:aws/lambda/log-classifier/fixtures/classify/collection_assertionerror.txt',
      time: '2026-07-30T19:16:53.117650Z',
    },
  ],
};
