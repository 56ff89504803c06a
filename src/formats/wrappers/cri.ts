import { readIsoStamp } from '../time.ts';
import type { Wrapper } from '../wrapper.ts';

const PREFIX =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP])(?::[^ ]{1,64})?(?: |$)/;

/**
 * The files of containerd and CRI-O under /var/log/pods: `TIME stdout|stderr F|P line`; `P` is a part of a line that goes
 * on.
 * @see https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
 */
export const cri: Wrapper = {
  id: 'cri',
  title: 'Kubernetes CRI',
  firstCharacters: '0123456789',
  splitsLines: true,
  peel(line, clock) {
    const found = PREFIX.exec(line);
    if (found === null) return undefined;
    const [prefix, stamp = '', stream = '', tag] = found;
    const timestamp = readIsoStamp(stamp, clock)?.instant;
    if (timestamp === undefined) return undefined;
    return {
      inner: line.slice(prefix.length),
      timestamp,
      attributes: [['log.iostream', stream]],
      stream,
      partial: tag === 'P',
    };
  },
  samples: [
    {
      template: '2025-03-10T13:52:33.326118000Z stdout F {}',
      origin: 'prequel-dev/cre:rules/cre-2024-0019/test.log',
      time: '2025-03-10T13:52:33.326118Z',
      attributes: { 'log.iostream': 'stdout' },
    },
    {
      template: '2016-10-06T00:17:09.669794202Z stderr F {}',
      origin: 'kubernetes/design-proposals-archive:node/kubelet-cri-logging.md',
      time: '2016-10-06T00:17:09.669794Z',
      attributes: { 'log.iostream': 'stderr' },
    },
  ],
};
