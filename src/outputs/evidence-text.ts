import { prettyFactory } from 'pino-pretty';
import type { Evidence } from '../model/index.ts';

type Pretty = ReturnType<typeof prettyFactory>;

/** Which fields of a JSON logger are its message, level and time. */
const KEYS: Readonly<Record<string, { messageKey: string; levelKey?: string; timestampKey?: string }>> = {
  pino: { messageKey: 'msg' },
  bunyan: { messageKey: 'msg' },
  'winston-json': { messageKey: 'message', timestampKey: 'timestamp' },
  'ecs-json': { messageKey: 'message', levelKey: 'log\\.level', timestampKey: '@timestamp' },
  'logstash-json': { messageKey: 'message', timestampKey: '@timestamp' },
  'zap-json': { messageKey: 'msg', timestampKey: 'ts' },
  'slog-json': { messageKey: 'msg' },
  zerolog: { messageKey: 'message' },
  json: { messageKey: 'message' },
};

const factories = new Map<string, Pretty>();

/**
 * The proof as a person reads it: JSON log lines as pino-pretty words them, everything else as it stands. Not escaped.
 */
export function evidenceText({ format, text }: Evidence): string {
  const keys = KEYS[format];
  const start = text.indexOf('{');
  if (keys === undefined || start < 0) return text;
  const pretty = factories.get(format) ?? prettyFor(format, keys);
  try {
    const shown = pretty(text.slice(start)).trimEnd();
    return `${text.slice(0, start)}${shown}`;
  } catch {
    return text;
  }
}

function prettyFor(format: string, keys: (typeof KEYS)[string]): Pretty {
  const pretty = prettyFactory({
    ...keys,
    colorize: false,
    ignore: `pid,hostname,v,name,reqId,@version,${keys?.timestampKey ?? 'time'}`,
    errorLikeObjectKeys: ['err', 'error'],
    singleLine: true,
  });
  factories.set(format, pretty);
  return pretty;
}
