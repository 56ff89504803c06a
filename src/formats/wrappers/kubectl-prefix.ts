import type { Wrapper } from '../wrapper.ts';

const PREFIX = /^\[pod\/([a-z0-9][a-z0-9.-]{0,252})\/([a-z0-9][a-z0-9-]{0,62})\] ?/;

/**
 * `kubectl logs --prefix`: `[pod/NAME/CONTAINER] line`.
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_logs/
 */
export const kubectlPrefix: Wrapper = {
  id: 'kubectl-prefix',
  title: 'kubectl logs --prefix',
  firstCharacters: '[',
  peel(line) {
    const found = PREFIX.exec(line);
    if (found === null) return undefined;
    const [prefix, pod = '', container = ''] = found;
    return {
      inner: line.slice(prefix.length),
      attributes: [
        ['k8s.pod.name', pod],
        ['container.name', container],
      ],
      stream: `${pod}/${container}`,
    };
  },
  samples: [
    {
      template: '[pod/api-7d9c5b8f6d-x2k9p/api] {}',
      origin: 'kubernetes/kubectl:pkg/cmd/logs/logs.go, addPrefixIfNeeded',
      attributes: { 'k8s.pod.name': 'api-7d9c5b8f6d-x2k9p', 'container.name': 'api' },
    },
  ],
};
