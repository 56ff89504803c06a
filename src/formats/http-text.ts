import type { AttributeValue } from '../model/index.ts';
import { numberOf } from './text-line.ts';

type Pairs = readonly (readonly [name: string, value: AttributeValue | undefined])[];

const REQUEST_LINE = /^([A-Z]{3,10}) (\S+)(?: HTTP\/[\d.]+)?$/;

/** Method and path of `GET /orders HTTP/1.1`, under their OpenTelemetry names. */
export function requestAttributes(requestLine: string): Pairs {
  const found = REQUEST_LINE.exec(requestLine);
  return [
    ['http.request.method', found?.[1]],
    ['url.path', found?.[2]],
  ];
}

/** Status and duration in milliseconds of an answered request. */
export function responseAttributes(status: string | undefined, durationMs?: number): Pairs {
  return [
    ['http.response.status_code', numberOf(status)],
    ['duration_ms', durationMs],
  ];
}
