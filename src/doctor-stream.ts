import { Duplex, pipeline, Transform, type TransformCallback } from 'node:stream';
import split2 from 'split2';
import { createDoctor, type CreateDoctorOptions } from './create-doctor.ts';
import type { FindingEvent } from './doctor.ts';
import type { Report } from './model/index.ts';

/** Longest line that the stream takes; longer ones are left out, so that one without an end cannot fill memory. */
const MAX_LINE_CHARACTERS = 1024 * 1024;
/** `skipOverflow` is missing in the package's types. */
const OVERFLOW = { maxLength: MAX_LINE_CHARACTERS, skipOverflow: true };

/** Bytes in, findings out; `report()` at any time. */
export interface DoctorStream extends Duplex {
  report(): Report;
}

/**
 * A stream to pipe a log into. Its readable side gives a `FindingEvent` for each new finding and for each time one is
 * seen again; read it (or `resume()` it), or the stream waits.
 * @example app.stdout.pipe(doctorStream()).on('data', ({ finding }) => alert(finding))
 */
export function doctorStream(options: CreateDoctorOptions & { readonly source?: string } = {}): DoctorStream {
  const events: FindingEvent[] = [];
  const doctor = createDoctor({
    ...options,
    onFinding(event) {
      events.push(event);
      options.onFinding?.(event);
    },
  });
  let last: Report | undefined;
  const examine = new Transform({
    objectMode: true,
    transform(line: string, _encoding: BufferEncoding, done: TransformCallback) {
      doctor.feed(`${line}\n`, options.source);
      handOn(this);
      done();
    },
    flush(done: TransformCallback) {
      last = doctor.report();
      handOn(this);
      done();
    },
  });
  const handOn = (out: Transform): void => {
    for (const event of events.splice(0)) out.push(event);
  };
  const lines = split2({ ...OVERFLOW });
  pipeline(lines, examine, () => {});
  const duplex = Duplex.from({ writable: lines, readable: examine }) as DoctorStream;
  duplex.report = () => last ?? doctor.report();
  return duplex;
}
