import { closeSync, openSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DoctorError, type Report } from '../model/index.ts';
import { OUTPUTS, type Output, type OutputContext } from '../outputs/index.ts';
import { hasColour, type Io } from './io.ts';
import { notWritten } from './not-written.ts';
import { outputId, wholeNumber, type RawOptions } from './options.ts';
import type { OutputTarget } from './target-list.ts';

/** The outputs of a run, opened before anything is read, so that a wrong one is said at once. */
export interface Outputs {
  readonly context: OutputContext;
  /** undefined when every output goes to a file. */
  readonly onStdout: Output | undefined;
  write(report: Report): void;
}

interface OpenTarget {
  readonly output: Output;
  readonly file?: { readonly name: string; readonly fd: number };
}

/** @throws {DoctorError} for unknown formats, two outputs on stdout, files that cannot be written. */
export async function openOutputs(raw: RawOptions, io: Io): Promise<Outputs> {
  const context = contextOf(raw, io);
  const targets = await Promise.all(targetsOf(raw).map((target) => openTarget(target, io)));
  return {
    context,
    onStdout: targets.find(({ file }) => file === undefined)?.output,
    write(report) {
      for (const { output, file } of targets) {
        if (file === undefined) io.stdout.write(output.render(report, context));
        else writeAndClose(file, output.render(report, { ...context, hasColour: false }));
      }
    },
  };
}

async function openTarget({ format, file }: OutputTarget, io: Io): Promise<OpenTarget> {
  const output = await loadOutput(format);
  return file === undefined ? { output } : { output, file: { name: file, fd: openFile(resolve(io.cwd, file), file) } };
}

function targetsOf({ targets = [] }: RawOptions): readonly OutputTarget[] {
  if (targets.length === 0) return [{ format: 'terminal' }];
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    throw new DoctorError([
      {
        code: 'usage',
        message: 'several --format would go to stdout',
        hint: 'give all but one an --output FILE right behind it',
      },
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
  return orNotWritten(name, () => openSync(path, 'w'));
}

function writeAndClose({ fd, name }: NonNullable<OpenTarget['file']>, text: string): void {
  orNotWritten(name, () => {
    writeFileSync(fd, text);
    closeSync(fd);
  });
}

function orNotWritten<T>(name: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw notWritten(name, error as NodeJS.ErrnoException);
  }
}
