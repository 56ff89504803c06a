import type { AttributeValue } from '../model/index.ts';
import type { Clock } from './time.ts';

/** A line without one layer of its transport. */
export interface PeeledLine {
  /** What stood inside. */
  readonly inner: string;
  readonly timestamp?: number;
  readonly severityNumber?: number;
  readonly severityText?: string;
  /** `container.name`, `k8s.pod.name`, `log.iostream`, `host.name`, `service.name` … */
  readonly attributes?: readonly (readonly [name: string, value: AttributeValue])[];
  /** Tells interleaved streams apart: container, pod, stdout or stderr, unit and pid. */
  readonly stream?: string;
  /** The line goes on in the next line of the same stream (CRI `P`, Docker's 16 KiB parts). */
  readonly partial?: boolean;
}

export interface WrapperSample {
  /** The line, with `{}` where the inner line stands. */
  readonly template: string;
  /** How the inner line is written inside it; as it is when absent (`json`: escaped as in a JSON string). */
  readonly escape?: 'json';
  readonly origin: string;
  readonly time?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** A layer of transport around a line: one file, one exported object. */
export interface Wrapper {
  readonly id: string;
  readonly title: string;
  /** First characters that a line in this wrapper can begin with; any when absent. */
  readonly firstCharacters?: string;
  /** It may split a line into parts (`PeeledLine.partial`), so a line can begin in an earlier one. */
  readonly splitsLines?: boolean;
  /** Takes one layer off; undefined when there is none. Must never throw. */
  peel(line: string, clock: Clock): PeeledLine | undefined;
  readonly samples: readonly WrapperSample[];
}
