import { closeSync, openSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DoctorError, type Report } from '../model/index.ts';
import { OUTPUTS, type Output, type OutputContext } from '../outputs/index.ts';
import { hasColour, type Io } from './io.ts';
import { outputId, wholeNumber, type OutputTarget, type RawOptions } from './options.ts';

/** The outputs of a run, opened before anything is read, so that a wrong one is said at once. */
export interface Outputs {
  readonly context: OutputContext;
  /** undefined when every output goes to a file. */
  readonly onStdout: Output | undefined;
  write(report: Report): void;
}

/** @throws {DoctorError} for unknown formats, two outputs on stdout, files that cannot be written. */
export async function openOutputs(raw: RawOptions, io: Io): Promise<Outputs> {
  const targets = targetsOf(raw);
  const context = contextOf(raw, io);
  const opened = await Promise.all(
    targets.map(async ({ format, file }) => ({ output: await loadOutput(format), fd: file === undefined ? undefined : openFile(resolve(io.cwd, file), file) })),
  );
  return {
    context,
    onStdout: opened.find(({ fd }) => fd === undefined)?.output,
    write(report) {
      for (const { output, fd } of opened) {
        if (fd === undefined) io.stdout.write(output.render(report, context));
        else writeAndClose(fd, output.render(report, { ...context, hasColour: false }));
      }
    },
  };
}

function targetsOf({ targets = [] }: RawOptions): readonly OutputTarget[] {
  if (targets.length === 0) return [{ format: 'terminal' }];
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    throw new DoctorError([
      { code: 'usage', message: 'several --format would go to stdout', hint: 'give all but one an --output FILE right behind it' },
    ]);
  }
  return targets;
}

async function loadOutput(format: string): Promise<Output> {
  const id = outputId(format);
  const entry = OUTPUTS.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new TypeError(`no output ${id}`);
  return entry.load();
}

function contextOf(raw: RawOptions, io: Io): OutputContext {
  return {
    columns: raw.width === undefined ? io.stdout.columns : wholeNumber(raw.width, '--width', 40, 500),
    hasColour: hasColour(io.stdout, io.env),
    top: wholeNumber(raw.top ?? '10', '--top', 0, 10_000),
  };
}

function openFile(path: string, name: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw new DoctorError([{ code: 'output-failed', message: `cannot be written (${(error as Error).message})`, source: name }]);
  }
}

function writeAndClose(fd: number, text: string): void {
  writeFileSync(fd, text);
  closeSync(fd);
}
