import { writeSync } from 'node:fs';
import type { FindingEvent } from './doctor.ts';
import { doctorStream, type DoctorStream } from './doctor-stream.ts';
import { liveLine } from './outputs/live-line.ts';
import { ndjson } from './outputs/ndjson.ts';

export interface PinoTransportOptions {
  /** File descriptor that findings are written to; 2 (stderr) by default. */
  readonly destination?: number;
  /** `line` for people (default), `ndjson` for machines. */
  readonly format?: 'line' | 'ndjson';
  /** The same finding is written again at most once in so many milliseconds; one minute by default. */
  readonly repeatMs?: number;
}

const CONTEXT = { columns: 160, hasColour: false, top: 0 };

/**
 * A pino transport that diagnoses the service's own log while it runs.
 * @example pino({ transport: { targets: [{ target: 'pino/file' }, { target: 'backend-doctor/pino' }] } })
 * @see https://getpino.io/#/docs/transports
 */
export default function pinoTransport(options: PinoTransportOptions = {}): DoctorStream {
  const { destination = 2, format = 'line', repeatMs = 60_000 } = options;
  const writtenAt = new Map<string, number>();
  const onFinding = (event: FindingEvent): void => {
    const now = Date.now();
    const last = writtenAt.get(event.finding.id);
    if (last !== undefined && now - last < repeatMs) return;
    writtenAt.set(event.finding.id, now);
    const text =
      format === 'ndjson' ? ndjson.live?.({ ...event, isNew: true }, CONTEXT) : `${liveLine(event.finding, CONTEXT)}\n`;
    if (text !== undefined) writeSync(destination, text);
  };
  const stream = doctorStream({ source: 'pino', onFinding });
  stream.resume();
  return stream;
}
