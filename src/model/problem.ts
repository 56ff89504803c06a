/**
 * Everything that can be wrong with input, rules or options, in one table. The key is the code that users see; the README
 * lists them. Those that leave nothing to do end the run with exit code 2, the others stand in the report's `problems`.
 */
export const PROBLEM_CODES = {
  'path-not-found': 'The path does not exist.',
  'no-match': 'The pattern matches no file.',
  'not-readable': 'The file or directory cannot be read.',
  'not-a-file': 'Not a regular file (FIFO, device, socket); skipped.',
  'not-text': 'The content is obviously no text; skipped.',
  'hidden-skipped': 'Hidden files and directories inside a directory are not read unless they are named.',
  'link-loop': 'A symbolic link points back to itself; skipped.',
  'read-failed': 'Reading stopped with an error; what was read before it counts.',
  'truncated-archive': 'The compressed stream ends early; what decodes was read.',
  'trailing-garbage': 'Bytes after the end of the compressed stream were ignored.',
  'corrupt-archive': 'The compressed stream is damaged; what decodes before the damage was read.',
  'unsupported-archive': 'The compression, or a variant of it, is not supported; skipped.',
  'line-truncated': 'Lines over the limit were cut.',
  'invalid-encoding': 'Bytes that are not valid in the encoding of the file were replaced.',
  'file-rotated': 'The followed file was replaced or truncated; reading goes on with the new one.',
  'subjects-dropped': 'More subjects than are kept apart; the rest is counted together.',
  'rules-syntax': 'The YAML does not parse.',
  'rules-limit': 'The YAML goes beyond what is accepted (aliases, tags, depth, size).',
  'rules-schema': 'An entry does not fit the schema.',
  'rules-duplicate': 'An id is used twice.',
  'rules-unknown-condition': 'The condition does not exist.',
  'rules-regex': 'The regular expression does not compile.',
  'rules-template': 'A template names a capture that the rule does not make.',
  'rules-reference': 'A reference is a forum or an issue, not official documentation or source.',
  'rules-literal': 'No literal can be required by this match, so every line has to be tried.',
  usage: 'The command line is wrong.',
  'unknown-id': 'There is no such rule, condition, format or output.',
  'bad-time': 'The time is not understood.',
  'output-failed': 'The output cannot be written.',
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;

/** Something went wrong that the user should know of. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly source?: string;
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;
}

/** `file:line:column: message (code)` and the hint on a line of its own. */
export function formatProblem(problem: Problem): string {
  const place = [problem.source, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const head = `${place === '' ? '' : `${place}: `}${problem.message} [${problem.code}]`;
  return problem.hint === undefined ? head : `${head}\n  hint: ${problem.hint}`;
}

/** An expected failure: one or more problems that end the run. */
export class DoctorError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'DoctorError';
    this.problems = problems;
  }
}
