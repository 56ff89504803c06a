import type { LogRecord } from '../model/index.ts';

const MAX_TEXT = 256 * 1024;

/** Attributes that say where a record comes from or what a client sent, not what went wrong. */
const NOT_SEARCHED =
  /^(?:user_agent\.|url\.|host\.|container\.|k8s\.|log\.|thread\.|process\.|client\.|service\.|request\.id|http\.request\.header|hostname$|host$|pid$|req\.(?:url|headers|query|params|remoteAddress)|request\.(?:url|headers)|headers\.|userAgent|name$|logger$|retry|url$|uri$|path$|traceId|spanId|trace_id|span_id)/;

/**
 * What a match looks at: the body, then the exception, then every other text of a structured log, unescaped, each on a
 * line of its own and none twice. The exception's stack stands after its message, so positions order the causes.
 */
export function recordText(record: LogRecord): string {
  const parts = [record.body];
  let length = record.body.length;
  for (const [name, value] of record.attributes) {
    if (typeof value !== 'string' || value.length < 3 || NOT_SEARCHED.test(name)) continue;
    if (length + value.length > MAX_TEXT) continue;
    if (parts.some((part) => part.includes(value))) continue;
    parts.push(value);
    length += value.length;
  }
  return parts.join('\n').slice(0, MAX_TEXT);
}
