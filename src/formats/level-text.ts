import type { LogFormat } from './format.ts';
import { textLine } from './text-line.ts';

const WORDS = 'TRACE|DEBUG|VERBOSE|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE|EMERGENCY';
/** In brackets the word is a level however it is written. */
const BRACKETED = new RegExp(`^\\[ ?(${WORDS}) *\\]:? ?(?:- )?(.*)$`, 'i');
/** In small letters the word may begin a sentence. */
const CAPITALS = new RegExp(`^(${WORDS})(?: ?[:|] *| +- | +)(\\S.*)$`);

/**
 * Any line that begins with a level and has no time: `ERROR: message`, `[error] message`, `WARN message`. What shell
 * scripts, build tools and loggers below a supervisor write.
 */
export const levelText: LogFormat = {
  id: 'level-text',
  title: 'Text with a level',
  firstCharacters: '[TDVINWECFStdvinwecfs',
  continuation: 'trace',
  parse(line) {
    const found = BRACKETED.exec(line) ?? CAPITALS.exec(line);
    return found === null ? undefined : textLine({ level: found[1], body: found[2] ?? '' });
  },
  samples: [
    {
      text: '[INFO] Scanning for projects...',
      origin: 'maven.apache.org/guides/getting-started/maven-in-five-minutes.html',
      severityNumber: 9,
      body: 'Scanning for projects...',
    },
    {
      text: 'CRITICAL: memory is exhausted',
      origin: 'the layout %(levelname)s: %(message)s of docs.python.org/3/howto/logging.html with a message of ours',
      severityNumber: 18,
      body: 'memory is exhausted',
    },
  ],
};
