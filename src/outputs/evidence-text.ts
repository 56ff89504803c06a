import { prettyFactory } from 'pino-pretty';
import { levelName, type Evidence } from '../model/index.ts';

type Pretty = ReturnType<typeof prettyFactory>;

interface LoggerKeys {
  readonly messageKey: string;
  readonly levelKey?: string;
  readonly timestampKey?: string;
}

/** Which fields of a JSON logger are its message, level and time. */
const KEYS: Readonly<Record<string, LoggerKeys>> = {
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
 * The proof as a person reads it, on one line: JSON log lines as pino-pretty words them, others with their level and
 * without their time; and the line that a rule matched, when it is further down. Not escaped.
 */
export function evidenceText(evidence: Evidence): string {
  const head = prettyLine(evidence) ?? plainLine(evidence);
  const { matched = '' } = evidence;
  return matched === '' || head.includes(matched.trim()) ? head : `${head} … ${matched.trim()}`;
}

function plainLine({ severityText, severityNumber, message }: Evidence): string {
  const level = severityText === undefined || /\d/.test(severityText) ? levelOf(severityNumber) : severityText;
  const isSaid = level === undefined || message.toLowerCase().includes(level.toLowerCase());
  return isSaid ? message : `${level}: ${message}`;
}

function levelOf(severityNumber: number | undefined): string | undefined {
  return severityNumber === undefined ? undefined : levelName(severityNumber).toUpperCase();
}

function prettyLine({ format, text }: Evidence): string | undefined {
  const keys = KEYS[format];
  const start = text.indexOf('{');
  if (keys === undefined || start < 0) return undefined;
  const pretty = factories.get(format) ?? prettyFor(format, keys);
  try {
    // A long line is kept up to a limit; what is cut off there is no JSON any more.
    JSON.parse(text.slice(start));
    return pretty(text.slice(start)).trimEnd();
  } catch {
    return undefined;
  }
}

function prettyFor(format: string, keys: LoggerKeys): Pretty {
  const { messageKey } = keys;
  const pretty = prettyFactory({
    ...keys,
    colorize: false,
    hideObject: true,
    ignore: keys.timestampKey ?? 'time',
    messageFormat: (log) => messageWithError(log, messageKey),
    customPrettifiers: { level: levelLabel },
  });
  factories.set(format, pretty);
  return pretty;
}

/** Levels that pino-pretty does not know (`dpanic`, `verbose`) stay as they are. */
function levelLabel(
  level: unknown,
  _key: string,
  _log: object,
  { labelColorized }: { readonly labelColorized: string },
): string {
  return labelColorized === 'USERLVL' && typeof level === 'string' ? level.toUpperCase() : labelColorized;
}

/** The message, and the error that it is about when it does not say so itself. */
function messageWithError(log: Readonly<Record<string, unknown>>, messageKey: string): string {
  const message = textOf(log[messageKey]) ?? '';
  const error = textOf(log['err']) ?? textOf(log['error']) ?? textOf(log['exception']);
  return error === undefined || message.includes(error)
    ? message
    : [message, error].filter((part) => part !== '').join(': ');
}

/** A text, or the message of an error object. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('message' in value)) return undefined;
  return typeof value.message === 'string' ? value.message : undefined;
}
