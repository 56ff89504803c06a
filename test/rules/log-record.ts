import type { LogRecord } from '../../src/model/index.ts';

/** A record as the rooms hand it on, with only what a test is about. */
export function logRecord(body: string, more: Partial<Omit<LogRecord, 'attributes'>> & { attributes?: Record<string, string | number | boolean> } = {}): LogRecord {
  const { attributes = {}, ...rest } = more;
  return {
    location: { source: 'api.log', line: 1, endLine: 1 },
    body,
    attributes: new Map(Object.entries(attributes)),
    format: 'plain',
    wrappers: [],
    stream: '',
    raw: body,
    ...rest,
  };
}
