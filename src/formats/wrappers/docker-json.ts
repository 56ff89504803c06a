import type { AttributeValue } from '../../model/index.ts';
import { parseJsonObject, stringField, type JsonObject } from '../json-fields.ts';
import { readIsoStamp } from '../time.ts';
import type { Wrapper } from '../wrapper.ts';

/** What Docker's driver writes; collectors such as Fluent Bit add fields about the pod. */
const OWN_FIELDS = new Set(['log', 'stream', 'time', 'attrs']);

const FACTS: readonly (readonly [name: string, field: string])[] = [
  ['log.iostream', 'stream'],
  ['k8s.namespace.name', 'kubernetes.namespace_name'],
  ['k8s.pod.name', 'kubernetes.pod_name'],
  ['container.name', 'kubernetes.container_name'],
  ['container.name', 'container_name'],
];

/**
 * Docker's json-file driver: `{"log":"line\n","stream":"stdout","time":"…"}`. Lines over 16 KiB come in parts, of which
 * only the last one ends with a newline. Fluentd and Fluent Bit pass the same fields on, with those of the pod.
 * @see https://docs.docker.com/engine/logging/drivers/json-file/
 */
export const dockerJson: Wrapper = {
  id: 'docker-json',
  title: 'Docker json-file',
  firstCharacters: '{',
  splitsLines: true,
  peel(line, clock) {
    const object = line.includes('"log"') ? parseJsonObject(line) : undefined;
    const log = object?.['log'];
    if (object === undefined || typeof log !== 'string' || !isContainerLog(object)) return undefined;
    const time = stringField(object, 'time');
    const timestamp = time === undefined ? undefined : readIsoStamp(time, clock)?.instant;
    const attributes = factsOf(object);
    return {
      inner: log.replace(/\r?\n$/, ''),
      ...(timestamp === undefined ? {} : { timestamp }),
      attributes,
      stream: attributes.map(([, value]) => String(value)).join('/'),
      partial: !log.endsWith('\n') && Object.keys(object).every((name) => OWN_FIELDS.has(name)),
    };
  },
  samples: [
    {
      template: '{"log":"{}\\n","stream":"stderr","time":"2018-07-30T03:28:15.526836475Z"}',
      escape: 'json',
      origin: 'docs.docker.com/engine/logging/drivers/json-file, the fields',
      time: '2018-07-30T03:28:15.526836Z',
      attributes: { 'log.iostream': 'stderr' },
    },
  ],
};

function isContainerLog(object: JsonObject): boolean {
  const stream = object['stream'];
  if (stream === 'stdout' || stream === 'stderr') return true;
  return Object.keys(object).every((name) => OWN_FIELDS.has(name) || name === 'kubernetes');
}

function factsOf(object: JsonObject): [name: string, value: AttributeValue][] {
  const facts = new Map<string, AttributeValue>();
  for (const [name, field] of FACTS) {
    const value = stringField(object, field);
    if (value !== undefined && !facts.has(name)) facts.set(name, value);
  }
  return [...facts];
}
