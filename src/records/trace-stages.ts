/**
 * How stack traces and multi-line errors of the languages go on: a table of stages. The lines are as the runtimes print
 * them, on standard error or below a logged message.
 */

/** A point within a trace, by name. */
export type StageName =
  | 'none'
  | 'blank'
  | 'done'
  | 'error'
  | 'thrown'
  | 'rustError'
  | 'emptyError'
  | 'javaHead'
  | 'javaCause'
  | 'javaFrames'
  | 'dotnet'
  | 'jsWarning'
  | 'jsSource'
  | 'jsCaret'
  | 'jsThrown'
  | 'jsMessage'
  | 'jsFrames'
  | 'jsBlank'
  | 'v8'
  | 'pyTraceback'
  | 'pyStack'
  | 'pyGroup'
  | 'pyFinal'
  | 'pydantic'
  | 'pyBlank'
  | 'pyLink'
  | 'pyFatal'
  | 'goPanic'
  | 'goBlank'
  | 'goDump'
  | 'goRuntime'
  | 'goRace'
  | 'rustPanic'
  | 'rustMessage'
  | 'rustCauses'
  | 'phpHead'
  | 'phpStack'
  | 'phpBlank'
  | 'rubyError'
  | 'rubyHead'
  | 'rubyBlank'
  | 'rubySnippet'
  | 'rubyFatal'
  | 'rubyThread'
  | 'rubyBug'
  | 'railsHead'
  | 'elixir'
  | 'hotspot'
  | 'cpp';

/** A line of this look leads to that stage. */
export type Step = readonly [look: RegExp, to: StageName];

export interface Stage {
  /** Lines that go on, the most specific first. */
  readonly next?: readonly Step[];
  /** Where a blank line leads; it is not part of the trace when absent. */
  readonly blank?: StageName;
  /** Lines of a message that has more than one, at most `maxText` of them. */
  readonly text?: RegExp;
  readonly maxText?: number;
  /** Lines that begin something else, though they look like a trace. */
  readonly refuses?: RegExp;
  /** Nothing but what the stage names goes on here, not even an indented line. */
  readonly closed?: true;
}

const ANYTHING = /\S/;
/** Below a line of source, to point at the spot. */
const CARET = /^\s*[~^]*\^[~^]*$/;
/** What database drivers and runtimes add to a message on lines of their own. */
const TAIL =
  /^(?:(?:DETAIL|HINT|CONTEXT|QUERY|WHERE|LINE \d+|Detail|Hint|Position): |\[(?:SQL|parameters): |\(Background on this error|Require stack:|- \/|### |Did you mean\?|connection to server |future: <)/;
const TAIL_OR_PROSE = new RegExp(`${TAIL.source}|^[a-z]`);

const RUBY_HEAD = /^\S+:\d+:in [`'].*': .*\([A-Z][\w:]*\)$/;

/** pydantic names each field on a line of its own, and says below it, indented, what is wrong with it. */
const PYDANTIC = /^[\w.]*ValidationError: \d+ validation errors? for \S/;
const PYDANTIC_FIELD = /^[\w.$[\]-]{1,200}(?: -> [\w.$[\]-]{1,200}){0,20}$/;

/** Where a trace stands after a line that is part of one by its look alone. */
export const TRACE_LINES: readonly Step[] = [
  [/^\s+at .+(?::\d+:\d+\)?|<anonymous>\)?|\(native\)|\(index \d+\)),?(?: [{[])?$/, 'jsFrames'],
  [/^ {3,}at [^ (]+(?:\(.*\))?(?: in .+:line \d+)?$/, 'dotnet'],
  [/^\s+at (?:.+\(|\S+:\d+$)/, 'javaFrames'],
  [/^\s*\.\.\. \d+ (?:more|common frames omitted|lines? matching )/, 'javaFrames'],
  [/^\s*(?:Caused by|Suppressed): \[CIRCULAR REFERENCE/, 'javaFrames'],
  [/^\s*(?:Caused by|Suppressed|Wrapped by): \S/, 'javaCause'],
  [/^Caused by:$/, 'rustCauses'],
  [/^ ---> \S/, 'dotnet'],
  [/^\s*--- End of (?:inner exception )?stack trace/, 'dotnet'],
  [/^Emitted '[^'\n]{1,80}' event (?:on|at)/, 'jsFrames'],
  [/^Node\.js v\d+\.\d+\.\d/, 'done'],
  [/^\s*Traceback \(most recent call last\):$/, 'pyTraceback'],
  [/^Stack \(most recent call last\):$/, 'pyStack'],
  [/^\s+\+ Exception Group Traceback/, 'pyGroup'],
  [/^\s+(?:\|(?: |$)|\+(?:-\+)?-{4,})/, 'pyGroup'],
  [/^ {2}File "[^"\n]+", line \d+/, 'pyTraceback'],
  [/^\s+\[Previous line repeated \d+ more times?\]$/, 'pyTraceback'],
  [/^(?:During handling of the above exception, another|The above exception was the direct cause)/, 'pyLink'],
  [/^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[[^\]\n]+\]:$/, 'goDump'],
  [/^created by [^\s()]+(?: in goroutine \d+)?$/, 'goDump'],
  [/^\t\/\S+\.(?:go|s):\d+(?: \+0x[0-9a-f]+)?$/, 'goDump'],
  [/^\/\S+\.go:\d+ \(0x[0-9a-f]+\)$/, 'goDump'],
  [/^\[signal SIG[A-Z]+: /, 'goPanic'],
  [/^note: (?:run with|Run with|Some details are omitted)/, 'rustMessage'],
  [/^[Ss]tack backtrace:$/, 'rustMessage'],
  [/^ {1,6}\d+: +\S/, 'rustMessage'],
  [/^Stack trace:$/, 'phpStack'],
  [/^\[(?:stacktrace|previous exception)\]/, 'phpStack'],
  [/^#\d+ +\S/, 'phpStack'],
  [/^ {2}thrown in \S.* on line \d+$/, 'done'],
  [/^\s+from \S+:\d+:in /, 'rubyHead'],
  [/^(?!from )\S+\.(?:rb|ru|rake):\d+:in [`'][^'\n]*'$/, 'rubyHead'],
  [/^\s*\*\* \([\w.]+\) /, 'elixir'],
  [/^ {4}(?:\([\w. -]+\) )?\S+\.(?:exs?|erl):\d+: /, 'elixir'],
  [/^\s+[~^]*\^[~^]*$/, 'pyTraceback'],
];

/** Lines that begin a failure by themselves, whatever came before. */
export const FAILURE_HEADS: readonly Step[] = [
  [/^panic: /, 'goPanic'],
  [/^fatal error: /, 'goPanic'],
  [/^SIG[A-Z]{3,5}: [a-z]/, 'goPanic'],
  [/^runtime: (?:out of memory|goroutine stack exceeds)/, 'goRuntime'],
  [/^WARNING: DATA RACE$/, 'goRace'],
  [/^thread '[^'\n]*'(?: \(\d+\))? panicked at .*:$/, 'rustPanic'],
  [/^thread '[^'\n]*'(?: \(\d+\))? panicked at /, 'rustMessage'],
  [/^thread '[^'\n]*'(?: \(\d+\))? has overflowed its stack$/, 'rustMessage'],
  [/^Exception in thread "[^"\n]*" \S/, 'javaHead'],
  [/^Exception in thread \S.*:$/, 'error'],
  [/^Exception ignored in:? /, 'error'],
  [/^Fatal Python error: /, 'pyFatal'],
  [/^(?:PHP )?(?:Fatal|Parse) error: {1,2}\S/, 'phpHead'],
  [/^Unhandled [Ee]xception[.:] /, 'dotnet'],
  [
    /^(?:node:[\w./-]+|(?:file:\/\/)?\/[^:*?"<>|\n]*\.[cm]?[jt]sx?|[A-Z]:\\[^:*?"<>|\n]*\.[cm]?[jt]sx?|\[eval\d*\]|<anonymous_script>):\d+$/,
    'jsSource',
  ],
  [/^<--- Last few GCs --->$/, 'v8'],
  [/^#<Thread:0x[^\n]+> terminated with exception \(/, 'rubyThread'],
  [/^\S+:\d+: \[BUG\] /, 'rubyBug'],
  [/^terminate called (?:after throwing|without an active)/, 'cpp'],
  [/^# (?:A fatal error has been detected by|There is insufficient memory for) the Java Runtime/, 'hotspot'],
  [/^(?:Segmentation fault|Aborted|Bus error|Illegal instruction)(?: \(core dumped\))?$/, 'done'],
];

/** Messages that a trace may follow; they stand anywhere in a logged line. */
export const ERROR_HEADS: readonly Step[] = [
  [/\bUncaught \S+: /, 'phpHead'],
  [/^\(node:\d+\) /, 'jsWarning'],
  [/^----- Native stack trace -----$/, 'v8'],
  [/^\S+:\d+:in [`'].*': .*\(fatal\)$/, 'rubyFatal'],
  [/^\S+:\d+:in [`'].*': .*\((?:NoMethod|Name|Type|Argument|Key)Error\)$/, 'rubyHead'],
  [RUBY_HEAD, 'rubyError'],
  [/^[A-Z][\w:]+ \(.*\):\s*$/, 'railsHead'],
  [/^Task exception was never retrieved$/, 'error'],
  [/\bconnection to server (?:at|on) |^server closed the connection unexpectedly$/, 'error'],
  [/^Error: \S/, 'rustError'],
  [/(?:^|[\s:])[A-Z]\w*Error: ?$/, 'emptyError'],
  [/^(?:[\w$]+[.\\])*[A-Z][\w$]*(?:Error|Exception|Throwable)(?: \[\w+\])?(?:: |$)/, 'thrown'],
  [/(?:^|[\s:([])(?:[\w$.]+\.)?[A-Z][\w$]*(?:Error|Exception|Throwable)(?: \[\w+\])?(?:: |$)/, 'error'],
];

const FINAL = /^(?!panic: |fatal error: )[A-Za-z_][\w.<>]*(?:: |:?$)/;
const PY_FRAME = /^ {2}File "/;
const NEW_TRACEBACK = /^(?:Traceback|Stack) \(most recent call last\):$/;

/** What goes on where. */
export const STAGES: Readonly<Record<StageName, Stage>> = {
  none: { closed: true },
  blank: { closed: true, refuses: /^/ },
  done: { closed: true },
  error: { text: TAIL, maxText: 20 },
  thrown: { text: TAIL_OR_PROSE, maxText: 3 },
  rustError: { text: TAIL_OR_PROSE, maxText: 3, blank: 'rustCauses' },
  emptyError: { text: ANYTHING, maxText: 12, blank: 'emptyError' },

  javaHead: { text: ANYTHING, maxText: 20 },
  javaCause: { text: ANYTHING, maxText: 20, refuses: NEW_TRACEBACK },
  javaFrames: { refuses: NEW_TRACEBACK },
  dotnet: { text: /^(?:\(Inner Exception #\d+\)|<---)/, maxText: 20 },

  jsSource: { next: [[ANYTHING, 'jsCaret']], blank: 'jsSource' },
  jsCaret: { next: [[CARET, 'jsThrown']], blank: 'jsThrown' },
  jsWarning: { next: [[/^\(Use `node --trace-/, 'done']] },
  jsThrown: { next: [[ANYTHING, 'jsMessage']], blank: 'jsThrown' },
  jsMessage: { text: ANYTHING, maxText: 40, blank: 'jsMessage' },
  jsFrames: { blank: 'jsBlank' },
  jsBlank: { closed: true },
  v8: {
    next: [
      [/^(?:\[\d+:0x|<--- JS stacktrace|==== JS stack trace|FATAL ERROR: |-----|Cannot get stack trace)/, 'v8'],
      [/^\s*\d+: \S/, 'v8'],
    ],
    blank: 'v8',
  },

  pyTraceback: {
    next: [
      [PYDANTIC, 'pydantic'],
      [FINAL, 'pyFinal'],
    ],
    refuses: NEW_TRACEBACK,
  },
  pyStack: { next: [[PY_FRAME, 'pyStack']], refuses: NEW_TRACEBACK },
  pyGroup: { blank: 'pyBlank', refuses: NEW_TRACEBACK },
  pyFinal: { next: [[CARET, 'pyFinal']], text: TAIL_OR_PROSE, maxText: 20, blank: 'pyBlank', refuses: NEW_TRACEBACK },
  pydantic: { text: PYDANTIC_FIELD, maxText: 200, refuses: NEW_TRACEBACK },
  pyBlank: { next: [[TAIL, 'pyFinal']], closed: true, refuses: NEW_TRACEBACK },
  pyLink: { blank: 'pyLink' },
  pyFatal: {
    next: [
      [/^(?:Python runtime state|(?:Current thread|Thread) 0x|Extension modules: )/, 'pyFatal'],
      [PY_FRAME, 'pyFatal'],
    ],
    blank: 'pyFatal',
  },

  goPanic: { text: ANYTHING, maxText: 10, blank: 'goBlank' },
  goRuntime: {
    next: [
      [/^runtime: /, 'goRuntime'],
      [/^fatal error: /, 'goPanic'],
    ],
  },
  goRace: {
    next: [
      [/^(?:Read|Write|Previous (?:read|write)|Goroutine \d+) /, 'goRace'],
      [/^={10,}$/, 'done'],
    ],
    blank: 'goRace',
  },
  goBlank: {
    next: [
      [/^(?:runtime stack|goroutine \d+ .*):$/, 'goDump'],
      [/^r\w+ +0x/, 'goDump'],
      [/^exit status \d+$/, 'done'],
    ],
    closed: true,
  },
  goDump: {
    next: [
      [/^[A-Za-z_][^\s(]*\(.*\)$/, 'goDump'],
      [/^\.\.\.(?:additional|\d+) frames/, 'goDump'],
      [/^(?:created by|r\w+ +0x|\[originating from) ?\S/, 'goDump'],
      [/^exit status \d+$/, 'done'],
    ],
    blank: 'goBlank',
  },

  rustPanic: { next: [[ANYTHING, 'rustMessage']] },
  rustMessage: { text: /^[a-z]/, maxText: 20 },
  rustCauses: { next: [[/^(?:Caused by|Location|Stack backtrace):$/, 'rustCauses']], blank: 'rustCauses' },

  phpHead: { text: ANYTHING, maxText: 20 },
  phpStack: {
    next: [
      [/^\{main\}$/, 'phpStack'],
      [/^"\}\s*$/, 'done'],
    ],
    blank: 'phpBlank',
  },
  phpBlank: { next: [[/^Next \S/, 'phpHead']], closed: true },

  rubyError: { text: TAIL_OR_PROSE, maxText: 20 },
  rubyFatal: { text: ANYTHING, maxText: 20, blank: 'rubyFatal' },
  rubyThread: { next: [[RUBY_HEAD, 'rubyError']] },
  rubyBug: {
    next: [
      [/^For details: https:/, 'done'],
      [ANYTHING, 'rubyBug'],
    ],
    blank: 'rubyBug',
  },
  rubyHead: { next: [[RUBY_HEAD, 'rubyError']], text: TAIL, maxText: 20, blank: 'rubyBlank' },
  rubyBlank: { next: [[ANYTHING, 'rubySnippet']], closed: true },
  rubySnippet: { closed: true, next: [[CARET, 'rubyHead']] },
  railsHead: { blank: 'railsHead' },

  elixir: {
    next: [
      [/^(?:Last message|State|Function|Initial Call|Ancestors|Neighbours|Client \S+|Process Label)\b.*:/, 'elixir'],
    ],
    text: /^[a-z]/,
    maxText: 20,
  },
  hotspot: { next: [[/^#/, 'hotspot']] },
  cpp: {},
};
