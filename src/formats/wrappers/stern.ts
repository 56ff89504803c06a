import type { Wrapper } from '../wrapper.ts';

/**
 * Pods of a Deployment end in the hash of their ReplicaSet and five more characters; those of a Job or DaemonSet in five
 * characters, of which one is a digit so that no word passes. Kubernetes leaves out vowels, 0, 1 and 3.
 * @see https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go
 */
const POD = String.raw`[a-z][a-z0-9.-]{0,240}-(?:[bcdf-hj-np-tv-xz2456789]{8,10}-[bcdf-hj-np-tv-xz2456789]{5}|(?=[a-z]{0,4}[2456789])[bcdf-hj-np-tv-xz2456789]{5})`;
const PREFIX = new RegExp(String.raw`^(?:([a-z][a-z0-9-]{0,62}) )?(${POD}) ([a-z][a-z0-9-]{0,62}) `);

/**
 * `stern`: `pod container line`, with `--all-namespaces` the namespace before it.
 * @see https://github.com/stern/stern#output
 */
export const stern: Wrapper = {
  id: 'stern',
  title: 'stern prefix',
  firstCharacters: 'abcdefghijklmnopqrstuvwxyz',
  peel(line) {
    const found = PREFIX.exec(line);
    if (found === null) return undefined;
    const [prefix, namespace, pod = '', container = ''] = found;
    return {
      inner: line.slice(prefix.length),
      attributes: [
        ...(namespace === undefined ? [] : ([['k8s.namespace.name', namespace]] as const)),
        ['k8s.pod.name', pod],
        ['container.name', container],
      ],
      stream: `${pod}/${container}`,
    };
  },
  samples: [
    {
      template: 'api-7d9c5b8f6d-x2k9p api {}',
      origin: 'stern/stern:cmd/cmd.go, the default template',
      attributes: { 'k8s.pod.name': 'api-7d9c5b8f6d-x2k9p', 'container.name': 'api' },
    },
    {
      template: 'kube-system kube-proxy-2d5kx kube-proxy {}',
      origin:
        'stern/stern:cmd/cmd.go, the template of --all-namespaces; pod name of prequel-dev/cre:rules/cre-2024-0019',
      attributes: { 'k8s.namespace.name': 'kube-system', 'k8s.pod.name': 'kube-proxy-2d5kx' },
    },
  ],
};
