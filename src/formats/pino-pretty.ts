import type { LogFormat } from './format.ts';
import { numberOf, readStamped, textLine } from './text-line.ts';
import { readTimeOfDay } from './time-of-day.ts';

const REST =
  /^\] (TRACE|DEBUG|INFO|WARN|ERROR|FATAL) ?(?:\((?:([^/)\n]{1,80})\/)?(\d+)(?: on ([^)\n]{1,200}))?\))?: ?(.*)$/;

/**
 * pino-pretty: `[02:56:11.909] INFO (name/PID): message`, further fields below it, indented.
 * @see https://github.com/pinojs/pino-pretty
 */
export const pinoPretty: LogFormat = {
  id: 'pino-pretty',
  title: 'pino-pretty',
  firstCharacters: '[',
  continuation: 'text',
  parse(line, clock) {
    const text = line.slice(1);
    const stamp = readTimeOfDay(text, clock) ?? readStamped(text, clock)?.stamp;
    const found = stamp === undefined ? null : REST.exec(text.slice(stamp.length));
    if (stamp === undefined || found === null) return undefined;
    const [, level, name, pid, host, body = ''] = found;
    return textLine({
      stamp,
      level,
      body,
      attributes: [
        ['service.name', name],
        ['process.pid', numberOf(pid)],
        ['host.name', host],
      ],
    });
  },
  samples: [
    {
      text: '[02:56:15.577] WARN (orders/20376): source is busy, trying again\n    batch: 5\n    attempt: 1',
      origin: 'generated here, pino-pretty 13',
      time: '2026-11-21T02:56:15.577Z',
      severityNumber: 13,
      body: 'source is busy, trying again\n    batch: 5\n    attempt: 1',
      attributes: { 'service.name': 'orders', 'process.pid': 20376 },
    },
    {
      text: '[02:56:11.909] INFO (20217): Server listening at http://127.0.0.1:8499',
      origin: 'generated here, Fastify 5 with pino-pretty 13',
      time: '2026-11-21T02:56:11.909Z',
      severityNumber: 9,
      body: 'Server listening at http://127.0.0.1:8499',
    },
  ],
};
