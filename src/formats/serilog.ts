import type { LogFormat } from './format.ts';
import { readStamped, textLine } from './text-line.ts';
import { readTimeOfDay } from './time-of-day.ts';

const LEVEL = '(VRB|DBG|INF|WRN|ERR|FTL)';
const CONSOLE = new RegExp(`^ ${LEVEL}\\] (.*)$`);
const FILE = new RegExp(`^ \\[${LEVEL}\\] (.*)$`);

/**
 * Serilog's text: `[16:09:12 ERR] message` on the console, `TIME OFFSET [ERR] message` in a file.
 * @see https://github.com/serilog/serilog-sinks-console#output-templates
 */
export const serilog: LogFormat = {
  id: 'serilog',
  title: 'Serilog (text)',
  firstCharacters: '[0123456789',
  continuation: 'text',
  parse(line, clock) {
    const isConsole = line.startsWith('[');
    const text = isConsole ? line.slice(1) : line;
    const stamp = isConsole
      ? (readTimeOfDay(text, clock) ?? readStamped(text, clock)?.stamp)
      : readStamped(text, clock)?.stamp;
    const found = stamp === undefined ? null : (isConsole ? CONSOLE : FILE).exec(text.slice(stamp.length));
    if (stamp === undefined || found === null) return undefined;
    return textLine({ stamp, level: found[1], body: found[2] ?? '' });
  },
  samples: [
    {
      text: '[21:49:12 INF] Processed {"Latitude": 25, "Longitude": 134} in 034 ms.',
      origin: 'public file index id 5977767085',
      time: '2026-11-20T21:49:12Z',
      severityNumber: 9,
      body: 'Processed {"Latitude": 25, "Longitude": 134} in 034 ms.',
    },
    {
      text: '2018-07-06 09:02:17.148 +10:00 [INF] HTTP GET / responded 200 in 1994 ms',
      origin: 'serilog/serilog-sinks-file README',
      time: '2018-07-05T23:02:17.148Z',
      severityNumber: 9,
      body: 'HTTP GET / responded 200 in 1994 ms',
    },
  ],
};
