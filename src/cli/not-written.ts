import { DoctorError } from '../model/index.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such directory',
  ENOTDIR: 'a part of the path is no directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
};

/** A result that could not be written to a file or to stdout. */
export function notWritten(name: string, error: NodeJS.ErrnoException): DoctorError {
  const reason = REASONS[error.code ?? ''] ?? error.message;
  return new DoctorError([{ code: 'output-failed', message: `cannot be written: ${reason}`, source: name }]);
}
