import type { LogFormat, ParsedLine } from './format.ts';
import { numberOf, textLine } from './text-line.ts';
import { readIsoStamp } from './time.ts';

const LEVEL = '(DEBUG|INFO|WARN|ERROR|FATAL)';
const PAIRS = new RegExp(`^ pid=(\\d+) tid=([\\w-]{1,40})((?: [\\w.-]{1,40}=\\S{0,200}){0,20}) ${LEVEL}: (.*)$`);
/** Before 6.0. */
const WORDS = new RegExp(`^ (\\d+) TID-([\\w-]{1,40})((?: [\\w:-]{1,120}){0,4}) ${LEVEL}: (.*)$`);
const PAIR = /([\w.-]+)=(\S*)/g;

/**
 * Sidekiq: `TIME pid=1 tid=abc class=Job jid=def LEVEL: message`.
 * @see https://github.com/sidekiq/sidekiq/wiki/Logging
 */
export const sidekiq: LogFormat = {
  id: 'sidekiq',
  title: 'Sidekiq',
  technology: 'sidekiq',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse(line, clock): ParsedLine | undefined {
    const stamp = readIsoStamp(line, clock);
    if (stamp === undefined) return undefined;
    const rest = line.slice(stamp.length);
    const found = PAIRS.exec(rest) ?? WORDS.exec(rest);
    if (found === null) return undefined;
    const [, pid, thread, pairs = '', level, body = ''] = found;
    const context = new Map([...pairs.matchAll(PAIR)].map(([, name = '', value = '']) => [name, value]));
    const seconds = numberOf(context.get('elapsed'));
    return textLine({
      stamp,
      level,
      body,
      attributes: [
        ['process.pid', numberOf(pid)],
        ['thread.name', thread],
        ['sidekiq.class', context.get('class')],
        ['sidekiq.jid', context.get('jid')],
        ['duration_ms', seconds === undefined ? undefined : seconds * 1000],
      ],
    });
  },
  samples: [
    {
      text: '2019-08-31T15:36:07.569Z pid=82859 tid=11cy9br class=HardWorker jid=528f1b0ddc4a9d0690464fe4 INFO: start',
      origin: 'github.com/sidekiq/sidekiq/wiki/Logging',
      time: '2019-08-31T15:36:07.569Z',
      severityNumber: 9,
      body: 'start',
      attributes: { 'process.pid': 82859, 'sidekiq.class': 'HardWorker', 'sidekiq.jid': '528f1b0ddc4a9d0690464fe4' },
    },
  ],
};
