import type { LogFormat } from './format.ts';
import { responseAttributes } from './http-text.ts';
import { severityOfStatus, severityOfWord } from './levels.ts';
import { textLine } from './text-line.ts';
import { readTimeOfDay } from './time-of-day.ts';

const REST =
  /^ ((?:[a-z_][\w.]{0,60}=\S{0,200} ){0,20})\[(debug|info|notice|warn|warning|error|critical|alert|emergency)\] {1,2}(.*)$/;
const REQUEST_ID = /(?:^| )request_id=(\S+)/;
const SENT = /^Sent (\d{3}) in (\d+(?:\.\d+)?)(ms|µs)$/;

/**
 * Elixir's Logger: `16:09:12.465 request_id=abc [error] message`.
 * @see https://hexdocs.pm/logger/Logger.Formatter.html
 */
export const elixir: LogFormat = {
  id: 'elixir',
  title: 'Elixir Logger',
  technology: 'elixir',
  firstCharacters: '012',
  continuation: 'text',
  parse(line, clock) {
    const stamp = readTimeOfDay(line, clock);
    const found = stamp === undefined ? null : REST.exec(line.slice(stamp.length));
    if (stamp === undefined || found === null) return undefined;
    const [, metadata = '', level = '', body = ''] = found;
    const sent = SENT.exec(body);
    const durationMs = sent === null ? undefined : Number(sent[2]) / (sent[3] === 'ms' ? 1 : 1000);
    return textLine({
      stamp,
      level,
      severityNumber: Math.max(severityOfWord(level) ?? 0, sent === null ? 0 : severityOfStatus(Number(sent[1]))),
      body,
      attributes: [['request.id', REQUEST_ID.exec(metadata)?.[1]], ...responseAttributes(sent?.[1], durationMs)],
    });
  },
  samples: [
    {
      text: '02:48:36.569 [error] GenServer #PID<0.104.0> terminating\n** (ArgumentError) first\nsecond\n    a.exs:7: S.handle_cast/2\nLast message: {:"$gen_cast", :x}\nState: 1',
      origin: 'generated here, Elixir 1.14.0',
      time: '2026-11-21T02:48:36.569Z',
      severityNumber: 17,
      body: 'GenServer #PID<0.104.0> terminating\n** (ArgumentError) first\nsecond\n    a.exs:7: S.handle_cast/2\nLast message: {:"$gen_cast", :x}\nState: 1',
    },
    {
      text: '02:48:36.323 [info] hello',
      origin: 'generated here, Elixir 1.14.0',
      time: '2026-11-21T02:48:36.323Z',
      severityNumber: 9,
      body: 'hello',
    },
  ],
};
