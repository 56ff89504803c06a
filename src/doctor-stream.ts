import { Duplex, pipeline, Transform, type TransformCallback } from 'node:stream';
import split2 from 'split2';
import { createDoctor, type CreateDoctorOptions } from './create-doctor.ts';
import type { FindingEvent } from './doctor.ts';
import type { Report } from './model/index.ts';

/** Longest line that the stream takes; longer ones are left out, so that one without an end cannot fill memory. */
const MAX_LINE_CHARACTERS = 1024 * 1024;
/** `skipOverflow` is missing in the package's types. */
const OVERFLOW = { maxLength: MAX_LINE_CHARACTERS, skipOverflow: true };

/** A record may have further lines; after so long without one it is shown as it stands. */
const IDLE_MS = 150;

/** Bytes in, findings out; `report()` at any time. */
export interface DoctorStream extends Duplex {
  report(): Report;
}

/**
 * A stream to pipe a log into. Its readable side gives a `FindingEvent` for each new finding and for each time one is
 * seen again; read it (or `resume()` it), or the stream waits. A finding whose record may still have further lines
 * comes as a preview when the input pauses, and again when the record is whole.
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
  let pause: NodeJS.Timeout | undefined;
  const examine = new Transform({
    objectMode: true,
    transform(line: string, _encoding: BufferEncoding, done: TransformCallback) {
      doctor.feed(`${line}\n`, options.source);
      handOn(this);
      pause ??= setTimeout(onPause, IDLE_MS).unref();
      pause.refresh();
      done();
    },
    flush(done: TransformCallback) {
      clearTimeout(pause);
      last = doctor.report();
      handOn(this);
      done();
    },
  });
  const handOn = (out: Transform): void => {
    for (const event of events.splice(0)) out.push(event);
  };
  const onPause = (): void => {
    doctor.flush();
    handOn(examine);
  };
  const lines = split2({ ...OVERFLOW });
  pipeline(lines, examine, () => {});
  const duplex = Duplex.from({ writable: lines, readable: examine }) as DoctorStream;
  duplex.report = () => last ?? doctor.report();
  return duplex;
}
